"""The 评审表 of an application as it stands: submission, opinions, vote, approval (domain §10.1, R-306…R-311)."""

import json
from collections import defaultdict
from typing import Any

from django.conf import settings

from zhiping.achievements.queries import copy_checks
from zhiping.applications.models import Application
from zhiping.applications.places import papers_of
from zhiping.applications.states import Outcome
from zhiping.certificates import form_blocks as blocks
from zhiping.certificates.models import ReviewForm
from zhiping.certificates.states import ReportState
from zhiping.committees.models import Case
from zhiping.committees.states import Position
from zhiping.documents import review_form as document
from zhiping.documents.opinion import Opinion, PublicityRecord
from zhiping.documents.printing import render
from zhiping.documents.qr import Qr
from zhiping.files.queries import path_of
from zhiping.kernel.actor import EMPLOYER_ROLES
from zhiping.kernel.clock import beijing_day
from zhiping.plans.rules import rules_of

DEFAULT_NAME = "专业技术职务任职资格评审表"
WATERMARK = "浙江省专业技术任职资格申报与评审管理平台"  # one platform, one watermark, also where a notice is silent
CHARACTERS_OF_HASH = 16
Records = dict[str, list[dict[str, Any]]]


def printed_form(form: ReviewForm) -> bytes:
    """The PDF of one version; the moment of the version is the only time in it."""
    return render(document.ReviewForm.template, sheet_of(form), created=form.made_at)


def sheet_of(form: ReviewForm) -> document.ReviewForm:
    """Everything the form prints."""
    application = form.application
    records, items = _picked(application)
    rule = rules_of(application.plan).data.get("review_form") or {}
    return document.ReviewForm(
        title=rule.get("name") or DEFAULT_NAME,
        watermark=rule.get("watermark") or WATERMARK,
        copies=int(rule.get("copies") or 1),
        double_sided=bool(rule.get("double_sided")),
        made_by=application.plan.office.name,
        form_number=f"{application.number}-{form.number}",
        version=form.content_hash[:CHARACTERS_OF_HASH],
        qr=Qr(f"{settings.PUBLIC_URL}/form/{form.code}/"),
        cover=_cover(application, records),
        person=_person(application, records),
        work_history=blocks.employments(records["employment"]),
        work_since=blocks.achievements(items),
        publications=blocks.publications(items),
        assessments=blocks.assessments(records["appraisals"]),
        learning=blocks.learning(records["ce_hours"]),
        statement=_statement(application),
        **_opinions(application),
        decision=_decision(application),
        approval=_approval(application),
        copies_checked=_copies_checked(application),
    )


def _picked(application: Application) -> tuple[Records, list[tuple[str, str, dict[str, Any]]]]:
    """The records that the last submission froze, by category and in their order."""
    records: Records = defaultdict(list)
    items = []
    for item in _content(application).get("items", ()):
        records[item["category"]].append(item["data"])
        items.append((item["category"], item["label"], item["data"]))
    return records, items


def _content(application: Application) -> dict[str, Any]:
    snapshot = application.snapshots.order_by("-number").first()
    return json.loads(snapshot.content) if snapshot else {}


def _cover(application: Application, records: Records) -> document.Cover:
    current = blocks.highest(records["titles"], "titles", "level")
    return document.Cover(
        employer=application.employer.name if application.employer else "",
        name=application.person.name,
        current_title=str(current.get("title", "")),
        title_applied=application.title.name,
        series=application.plan.series,
        specialty=application.specialty,
        application_mode=application.pathway_name,
        filled_on=beijing_day(application.submitted_at) if application.submitted_at else None,
    )


def _person(application: Application, records: Records) -> document.Person:
    person, version = application.person, application.profile_version
    profile = version.data if version else {}
    education = blocks.highest(records["education"], "education", "level")
    current = blocks.highest(records["titles"], "titles", "level")
    appointed = max((str(r.get("from", "")) for r in records["appointments"]), default="")
    return document.Person(
        name=person.name,
        former_name=person.former_name,
        sex=person.get_sex_display(),
        born_on=person.born_on,
        id_number=person.document_number,
        phone=person.phone,
        photo=path_of(application.photo).read_bytes() if application.photo else b"",
        ethnicity=str(profile.get("ethnicity", "")),
        politics=_profile_word("politics", profile.get("politics")),
        work_started_on=blocks.day_of(profile.get("started_work_on")),
        current_work=str(profile.get("profession", "")),
        administrative_post=str(profile.get("post", "")),
        education=blocks.words("education", "level", education.get("level")),
        degree=blocks.words("education", "degree", education.get("degree")),
        school=str(education.get("school", "")),
        major=str(education.get("major") or ""),
        graduated_on=blocks.day_of(education.get("graduated_on")),
        study_mode=blocks.words("education", "mode", education.get("mode")),
        current_title=str(current.get("title", "")),
        title_obtained_on=blocks.day_of(current.get("obtained_on")),
        appointed_on=blocks.day_of(appointed),
        approving_body=str(current.get("issuer", "")),
    )


def _profile_word(name: str, value: Any) -> str:
    from zhiping.achievements.schema import profile_fields

    return profile_fields()[name].choices.get(value, "") if value else ""


def _statement(application: Application) -> str:
    return str(_content(application).get("form", {}).get("self_report", ""))


def _opinions(application: Application) -> dict[str, Any]:
    """The newest passing opinion of each desk; desks still to come print as blocks for pen and seal."""
    rows = application.steps.select_related("organisation").prefetch_related(
        "decisions__decided_by", "decisions__publicity"
    )
    employer, desks = document.EMPLOYER_OPINION, []
    for step in rows.order_by("position"):
        passed = [d for d in step.decisions.all() if d.outcome == Outcome.PASS]
        last = passed[-1] if passed else None
        is_employer = step.role in EMPLOYER_ROLES
        opinion = Opinion(
            heading="用人单位意见" if is_employer else f"{step.label}意见",
            text=last.opinion if last else "",
            person=last.decided_by.name if last and last.decided_by else "",
            day=beijing_day(last.decided_at) if last else None,
            publicity=_publicity(last.publicity) if last and last.publicity else None,
        )
        if is_employer:
            employer = opinion
        else:
            desks.append(opinion)
    return {"employer_opinion": employer, "desk_opinions": tuple(desks)}


def _publicity(publicity: Any) -> PublicityRecord:
    return PublicityRecord(publicity.starts_on, publicity.ends_on, publicity.get_state_display())


def _decision(application: Application) -> document.CommitteeDecision:
    rows = Case.objects.select_related("meeting__committee").filter(application=application)
    case = rows.exclude(passed=None).order_by("-pk").first()
    if case is None:
        return document.CommitteeDecision()
    seats = list(case.meeting.seats.select_related("member__person"))
    chair = next((s.member.person.name for s in seats if s.member.position == Position.CHAIR), "")
    return document.CommitteeDecision(
        committee=case.meeting.committee.name,
        members=len(seats),
        present=sum(seat.is_present for seat in seats),
        agree=case.agree,
        against=case.against,
        abstain=case.abstain,
        decision="通过" if case.passed else "未通过",
        chair=chair,
        day=case.meeting.held_on,
    )


def _copies_checked(application: Application) -> tuple[document.CheckedCopy, ...]:
    """The scans of the last submission that a body compared with their originals, in the order of the submission."""
    papers = papers_of(_content(application))
    checks = copy_checks(papers)
    return tuple(
        document.CheckedCopy(
            material=label,
            finding=f"复印件，{check.statement}" if check.is_copy else check.get_kind_display(),
            checker=check.checker_name,
            checked_on=beijing_day(check.checked_at),
            organisation=check.organisation_name,
        )
        for key, label in papers.items()
        for check in checks.get(key, ())
    )


def _approval(application: Application) -> document.Approval:
    report = application.reports.filter(state=ReportState.ISSUED).first()
    if report is None:
        return document.Approval()
    bodies = report.confirmations.values_list("organisation__name", flat=True).order_by("pk")
    return document.Approval(
        text="同意评审结果，准予发文。",
        document_number=report.document_number,
        body="、".join(bodies),
        day=report.issued_on,
    )
