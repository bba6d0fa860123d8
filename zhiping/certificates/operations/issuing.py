"""Reporting, issuing, certifying, revoking, and the end of a plan."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhiping.applications.models import Application
from zhiping.applications.operations import refuse_barred
from zhiping.auditlog.recording import record
from zhiping.certificates import access, messages, queries, transitions
from zhiping.certificates.models import (
    BodyConfirmation,
    Certificate,
    ResultReport,
)
from zhiping.certificates.numbering import next_number
from zhiping.certificates.operations.announcing import announce_later
from zhiping.certificates.states import ReportState
from zhiping.jobs.queue import enqueue
from zhiping.kernel import clock
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move, stale
from zhiping.messaging.operations import tell
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan
from zhiping.plans.operations import advance_plan, archive_plan
from zhiping.plans.states import PlanState


@transaction.atomic
def report_results(
    *,
    plan: Plan,
    applications: Sequence[Application],
    bodies: Sequence[Organisation],
    actor: Actor,
    now: datetime,
) -> ResultReport:
    """Report people whose result publicity ended without open objection (R-330) to the publishing bodies."""
    report = ResultReport(plan=plan, reported_at=now)
    if not access.can_report(actor, report):
        raise Forbidden("report.make")
    reportable = {application.pk for application in queries.reportable(plan)}
    if not applications:
        raise Refused("没有可上报的人。评后公示期满且无异议的才能上报。")
    if late := [a.person.name for a in applications if a.pk not in reportable]:
        raise Refused(f"{'、'.join(late)}的评后公示还没有期满，或有异议未处理，不能上报。")
    refuse_barred(applications, clock.beijing_day(now), "上报")
    publishers = _publishers(plan, bodies)
    report.save()
    report.applications.set(applications)
    BodyConfirmation.objects.bulk_create(
        [BodyConfirmation(report=report, organisation=body) for body in publishers]
    )
    details = {"applications": sorted(a.pk for a in applications), "bodies": sorted(b.pk for b in bodies)}
    record("report.make", actor=actor, now=now, subject=report, to_state=report.state, details=details)
    return report


def _publishers(plan: Plan, bodies: Sequence[Organisation]) -> list[Organisation]:
    """The chosen bodies in the order of the notice, which is that of document and certificate (R-331)."""
    needed, able, chosen = (
        queries.bodies_needed(plan),
        queries.publishing_bodies(plan),
        {body.pk for body in bodies},
    )
    named = "、".join(queries.named_publishers(plan))
    if named and len(able) < needed:
        raise Refused(f"通知写明由{named}发文，平台上还没有登记齐这些机构。请先联系平台运营人员登记。")
    if len(chosen) != needed:
        raise Refused(f"这个计划由 {needed} 个单位发文，请选择 {needed} 个不同的单位。", field="bodies")
    publishers = [body for body in able if body.pk in chosen]
    if len(publishers) != needed:
        raise Refused(f"通知写明由{named or '本地区的主管部门'}发文，不能选别的单位。", field="bodies")
    return publishers


@transaction.atomic
def confirm_report(
    *,
    report: ResultReport,
    document_number: str,
    issued_on: date,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """One body confirms; the last one issues the document and has the certificates made (R-331, R-332).

    A body's second confirmation changes nothing. All bodies must name the same document number and day.
    """
    if not access.can_confirm(actor, report):
        raise Forbidden("report.confirm")
    if report.state != ReportState.REPORTED:
        raise Refused(f"这份结果{report.get_state_display()}，不用再确认。")
    if version is not None and version != report.version:
        raise stale(report)
    number = document_number.strip()
    if not number:
        raise Refused("发文要有文号。请填写发文文号，例如“示范人社发〔2026〕12号”。", field="document_number")
    if report.document_number and (report.document_number, report.issued_on) != (number, issued_on):
        raise Refused(
            f"联合发文的单位已填文号“{report.document_number}”、日期 {report.issued_on}，两家必须一致。请核对。",
            field="document_number",
        )
    mine = report.confirmations.filter(organisation_id=actor.organisation_id, confirmed_at=None)
    mine.update(confirmed_at=now, confirmed_by_id=actor.person_id)
    report.document_number, report.issued_on = number, issued_on
    report.save(update_fields=["document_number", "issued_on"])
    record("report.confirm", actor=actor, now=now, subject=report, note=number)
    if not report.confirmations.filter(confirmed_at=None).exists():
        _issue(report, version, actor, now)


def _issue(report: ResultReport, version: int | None, actor: Actor, now: datetime) -> None:
    move(report, transitions.ISSUE_REPORT, actor=actor, now=now, version=version, note=report.document_number)
    issuer = "、".join(report.confirmations.values_list("organisation__name", flat=True).order_by("pk"))
    rows = report.applications.select_related("plan__office", "person", "title").order_by("pk")
    refuse_barred(rows, clock.beijing_day(now), "核准发文")
    for application in rows:
        move(application, transitions.APPROVE, actor=actor, now=now, note=report.document_number)
        certificate = _register(report, application, issuer, now)
        enqueue("certificates.make", key=f"certificate-{certificate.pk}", certificate_id=certificate.pk)
    advance_plan(plan=report.plan, to=PlanState.ISSUED, now=now, note=report.document_number)


def _register(report: ResultReport, application: Application, issuer: str, now: datetime) -> Certificate:
    if report.issued_on is None:
        raise ValueError("certificates are registered for an issued report only")
    certificate = Certificate.objects.create(
        application=application,
        person=application.person,
        report=report,
        number=next_number(
            region_code=application.plan.region_id, year=report.issued_on.year, level=application.title.level
        ),
        code=secrets.token_urlsafe(16),
        holder_name=application.person.name,
        series=application.plan.series,
        specialty=application.specialty,
        title=application.title.name,
        level=application.title.level,
        obtained_on=report.issued_on,
        issuer=issuer,
    )
    record("certificate.register", actor=SYSTEM, now=now, subject=certificate, note=certificate.number)
    return certificate


@transaction.atomic
def return_report(
    *, report: ResultReport, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> None:
    """A publishing body sends the whole report back to the office with a reason; its people can be reported anew."""
    if not reason.strip():
        raise Refused("请写明退回的原因，评委会办公室据此改正。", field="reason")
    move(report, transitions.RETURN_REPORT, actor=actor, now=now, version=version, note=reason)


@transaction.atomic
def complete_certificate(*, certificate: Certificate, file_name: str, file_hash: str, now: datetime) -> None:
    """Enter the one true file, make the certificate valid, tell its holder. Called by the job that signed it."""
    certificate.file.name, certificate.file_hash = file_name, file_hash
    certificate.save(update_fields=["file", "file_hash"])
    move(certificate, transitions.VALIDATE, actor=SYSTEM, now=now, details={"sha256": file_hash})
    announce_later(certificate)
    application = certificate.application
    if application.state in transitions.CERTIFY.sources:
        move(application, transitions.CERTIFY, actor=SYSTEM, now=now, note=certificate.number)
    tell(
        person=certificate.person,
        kind=messages.CERTIFIED,
        context={"title": certificate.title, "number": certificate.number},
        now=now,
    )


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, basis: str, version: int | None = None, actor: Actor, now: datetime
) -> None:
    """Take a title away with the document it rests on (R-338, R-342); verification answers REVOKED from now on."""
    if not basis.strip():
        raise Refused("撤销职称要有依据文件。请填写文件名称和文号。", field="basis")
    _end(certificate, basis, now)
    move(certificate, transitions.REVOKE, actor=actor, now=now, version=version, note=basis)
    move(certificate.application, transitions.REVOKE_TITLE, actor=actor, now=now, note=basis)


@transaction.atomic
def correct_certificate(
    *,
    certificate: Certificate,
    holder_name: str,
    basis: str,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """Replace a certificate that names its holder wrongly; the old number answers "replaced", the new one is made."""
    if not basis.strip():
        raise Refused("更正证书要有依据文件。请填写文件名称和文号。", field="basis")
    if not holder_name.strip() or holder_name.strip() == certificate.holder_name:
        raise Refused("更正后的姓名不能为空，也不能与原来相同。", field="holder_name")
    _end(certificate, basis, now)
    move(certificate, transitions.SUPERSEDE, actor=actor, now=now, version=version, note=basis)
    successor = _register(certificate.report, certificate.application, certificate.issuer, now)
    successor.holder_name, successor.obtained_on = holder_name.strip(), certificate.obtained_on
    successor.save(update_fields=["holder_name", "obtained_on"])
    certificate.successor = successor
    certificate.save(update_fields=["successor"])
    enqueue("certificates.make", key=f"certificate-{successor.pk}", certificate_id=successor.pk)
    return successor


def _end(certificate: Certificate, basis: str, now: datetime) -> None:
    """Basis and day first: the database takes no ended certificate without them."""
    certificate.basis, certificate.ended_on = basis.strip(), clock.beijing_day(now)
    Certificate.objects.filter(pk=certificate.pk).update(
        basis=certificate.basis, ended_on=certificate.ended_on
    )
    announce_later(certificate)


@transaction.atomic
def archive_finished_plan(*, plan: Plan, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """The office ends a plan whose every application has an outcome and whose certificates are made."""
    if waiting := queries.unfinished(plan).count():
        raise Refused(f"这个计划还有 {waiting} 件申报没有结果，不能归档。请先办完这几件。")
    archive_plan(plan=plan, actor=actor, now=now, expected=expected, note="评委会办公室归档")


@transaction.atomic
def follow_acts(*, now: datetime) -> int:
    """Bring plans to where their acts have come, and archive those whose last paper went back; how many moved.

    Catches up with a plan that was still taking applications when its first session opened.
    """
    moved = 0
    for plan, reached in queries.plans_behind_their_acts():
        moved += bool(advance_plan(plan=plan, to=reached, now=now, note="按已办的评审环节更新"))
    for plan in queries.plans_whose_paper_went_back():
        archive_plan(plan=plan, actor=SYSTEM, now=now, note="纸质评审表已全部退回")
        moved += 1
    return moved
