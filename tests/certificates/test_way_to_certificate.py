"""From acceptance to a certificate that verifies, and every place where the way is barred (R-327…R-338)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.committees import World, make_application
from tests.factories.people import applicant_actor, make_organisation, staff_actor
from tests.factories.plans import example_text, make_pack_version
from zhiping.applications.states import ApplicationState
from zhiping.certificates.models import Certificate
from zhiping.certificates.operations import (
    confirm_report,
    correct_certificate,
    report_results,
    return_report,
    revoke_certificate,
)
from zhiping.certificates.queries import (
    bodies_needed,
    certificate_by_file,
    find_certificate,
    reportable,
)
from zhiping.certificates.states import CertificateState, ReportState
from zhiping.certificates.tasks import make_certificate
from zhiping.committees.operations import meeting as meetings
from zhiping.committees.operations.publicity import end_objected_results, post_list, settle_pre_review
from zhiping.committees.operations.voting import cast_ballots, close_round, open_rounds
from zhiping.documents.signing_keys import trust_roots
from zhiping.documents.verification import verify
from zhiping.jobs.queue import run_due
from zhiping.kernel.actor import ANONYMOUS, Role
from zhiping.kernel.clock import end_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.notices.list_content import Report
from zhiping.notices.models import Publicity
from zhiping.notices.operations import accept_objection, close_publicity, decide_objection, file_objection
from zhiping.notices.states import PublicityKind
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.models import Plan

pytestmark = pytest.mark.django_db
WHERE = {"place": "单位公告栏", "method": "张榜", "contact": "办公室 0571-00000000"}


@pytest.fixture
def world(now):
    return World(now)


def content(certificate):
    with certificate.file.open() as file:
        return file.read()


def publicise(world, kind, applications, objection=None):
    """Post a list, optionally object to its first entry (True upheld, False dismissed), let it end."""
    posted = post_list(
        kind=kind, plan=world.plan, applications=applications, **WHERE, actor=world.clerk, now=world.now
    )
    if objection is not None:
        report = Report(channel="online", text="业绩不属实")
        entry = posted.entries.first()
        filed, _ = file_objection(
            publicity=posted, entry=entry, report=report, link="/x/", actor=ANONYMOUS, now=world.now
        )
        accept_objection(objection=filed, version=filed.version, actor=world.clerk, now=world.now)
        decide_objection(
            objection=filed,
            upheld=objection,
            decision="经核查",
            version=filed.version,
            actor=world.clerk,
            now=world.now,
        )
    world.now = end_of(posted.ends_on) + timedelta(minutes=1)
    close_publicity(publicity=posted, actor=world.clerk, now=world.now)
    posted.refresh_from_db()
    return posted


def vote_through(world, applications, agree=9):
    planned = meetings.plan_meeting(
        committee=world.filed_committee(),
        plan=world.plan,
        held_on=world.now.date(),
        place="第一会议室",
        actor=world.clerk,
        now=world.now,
    )
    meetings.add_cases(meeting=planned, applications=applications, actor=world.clerk, now=world.now)
    meetings.start_roll_call(meeting=planned, actor=world.clerk, now=world.now)
    present = set(planned.seats.values_list("pk", flat=True))
    meetings.call_roll(meeting=planned, present=present, actor=world.clerk, now=world.now)
    meetings.open_session(meeting=planned, actor=world.clerk, now=world.now)
    [(round_, codes)] = open_rounds(meeting=planned, actor=world.clerk, now=world.now)
    for code in codes[:agree]:
        cast_ballots(code=code, choices={case.pk: "agree" for case in round_.cases.all()})
    close_round(round_=round_, actor=world.clerk, now=world.now)
    meetings.close_meeting(meeting=planned, actor=world.clerk, now=world.now)
    for application in applications:
        application.refresh_from_db()
    return planned


def passed_and_publicised(world, count=1):
    applications = [make_application(world.plan) for _ in range(count)]
    vote_through(world, applications)
    publicise(world, PublicityKind.RESULT, applications)
    return applications


def reported(world, applications, bodies=None):
    return report_results(
        plan=world.plan,
        applications=applications,
        bodies=bodies or [world.city_hr],
        actor=world.clerk,
        now=world.now,
    )


def issue(world, applications):
    report = reported(world, applications)
    confirm_report(
        report=report,
        document_number="示范人社发〔2026〕12号",
        issued_on=world.now.date(),
        actor=world.official,
        now=world.now,
    )
    run_due()
    return report


def test_the_whole_way_ends_in_a_certificate_whose_file_verifies(world):
    applications = [make_application(world.plan, state=ApplicationState.ACCEPTED) for _ in range(2)]
    posted = publicise(world, PublicityKind.PRE_REVIEW, applications)
    assert settle_pre_review(publicity=posted, actor=world.clerk, now=world.now) == (2, 0)
    for application in applications:
        application.refresh_from_db()
    planned = vote_through(world, applications)
    publicise(world, PublicityKind.RESULT, applications)
    for application in applications:
        application.refresh_from_db()
    issue(world, applications)

    found = list(Certificate.objects.order_by("number"))
    assert [c.state for c in found] == [CertificateState.VALID, CertificateState.VALID]
    assert int(found[1].number) == int(found[0].number) + 1
    pdf = content(found[0])
    checked = verify(pdf, trust_roots())
    assert (checked.is_genuine, checked.sha256) == (True, found[0].file_hash)
    assert certificate_by_file(checked.sha256) == found[0]
    applications[0].refresh_from_db()
    assert applications[0].state == ApplicationState.CERTIFIED
    planned.refresh_from_db()
    assert planned.minutes_hash
    meetings.sign_minutes(meeting=planned, actor=world.clerk, now=world.now)


def test_the_certificate_job_run_again_makes_nothing_new(world):
    issue(world, passed_and_publicised(world))
    certificate = Certificate.objects.get()
    before = certificate.file_hash

    make_certificate(certificate_id=certificate.pk)

    certificate.refresh_from_db()
    assert (Certificate.objects.count(), certificate.file_hash) == (1, before)


def test_a_publicity_shorter_than_it_must_be_cannot_be_settled(world):
    application = make_application(world.plan, state=ApplicationState.ACCEPTED)
    posted = post_list(
        kind=PublicityKind.PRE_REVIEW,
        plan=world.plan,
        applications=[application],
        **WHERE,
        actor=world.clerk,
        now=world.now,
    )
    assert (posted.starts_on, posted.ends_on) == (date(2026, 3, 2), date(2026, 3, 9))

    with pytest.raises(Refused, match="期满"):
        settle_pre_review(publicity=posted, actor=world.clerk, now=world.now)


def test_an_upheld_objection_ends_the_case_and_a_dismissed_one_does_not(world):
    applications = [make_application(world.plan, state=ApplicationState.ACCEPTED) for _ in range(2)]
    posted = publicise(world, PublicityKind.PRE_REVIEW, applications, objection=True)

    assert settle_pre_review(publicity=posted, actor=world.clerk, now=world.now) == (1, 1)
    assert settle_pre_review(publicity=posted, actor=world.clerk, now=world.now) == (0, 0)
    applications[0].refresh_from_db()
    assert applications[0].state == ApplicationState.REFUSED

    other = make_application(world.plan, state=ApplicationState.ACCEPTED)
    again = publicise(world, PublicityKind.PRE_REVIEW, [other], objection=False)
    assert settle_pre_review(publicity=again, actor=world.clerk, now=world.now) == (1, 0)


def test_an_objected_result_is_not_reported(world):
    applications = [make_application(world.plan) for _ in range(2)]
    vote_through(world, applications)
    posted = publicise(world, PublicityKind.RESULT, applications, objection=True)

    assert end_objected_results(publicity=posted, actor=world.clerk, now=world.now) == 1
    assert [a.pk for a in reportable(world.plan)] == [applications[1].pk]
    with pytest.raises(Refused, match="不能上报"):
        reported(world, applications)


def test_before_the_result_publicity_is_over_nothing_can_be_reported(world):
    application = make_application(world.plan)
    vote_through(world, [application])
    post_list(
        kind=PublicityKind.RESULT,
        plan=world.plan,
        applications=[application],
        **WHERE,
        actor=world.clerk,
        now=world.now,
    )

    with pytest.raises(Refused, match="还没有期满"):
        reported(world, [application])
    with pytest.raises(Refused, match="没有可上报的人"):
        reported(world, [])


def test_the_document_needs_its_number_and_the_body_itself(world):
    report = reported(world, passed_and_publicised(world))
    fields = {"report": report, "issued_on": world.now.date(), "now": world.now}
    with pytest.raises(Refused, match="发文要有文号"):
        confirm_report(document_number=" ", actor=world.official, **fields)
    with pytest.raises(Forbidden):
        confirm_report(document_number="示范〔2026〕1号", actor=world.clerk, **fields)
    stranger = make_organisation("另一市人力社保局", kind=OrganisationKind.HR_AUTHORITY, region="330400")
    with pytest.raises(Forbidden):
        confirm_report(document_number="示范〔2026〕1号", actor=staff_actor(stranger, Role.CITY_HR), **fields)
    assert not Certificate.objects.exists()


def test_joint_bodies_must_all_confirm_the_same_document(world, monkeypatch):
    """R-331: the full-senior document is issued by two departments together."""
    monkeypatch.setattr("zhiping.certificates.queries.bodies_needed", lambda plan: 2)
    applications = passed_and_publicised(world)
    with pytest.raises(Refused, match="由 2 个单位发文"):
        reported(world, applications)
    second = make_organisation("示范经信局", kind=OrganisationKind.INDUSTRY_AUTHORITY, region="330100")
    report = reported(world, applications, [world.city_hr, second])
    official = staff_actor(second, Role.INDUSTRY_AUTHORITY)
    same = {"report": report, "issued_on": world.now.date(), "now": world.now}
    confirm_report(document_number="联合〔2026〕1号", actor=world.official, **same)
    assert not Certificate.objects.exists()
    with pytest.raises(Refused, match="两家必须一致"):
        confirm_report(document_number="联合〔2026〕2号", actor=official, **same)

    confirm_report(document_number="联合〔2026〕1号", actor=official, **same)

    report.refresh_from_db()
    assert report.state == ReportState.ISSUED
    assert Certificate.objects.get().issuer == "示范市人力社保局、示范经信局"


def joint_world(now, world):
    """The same world under the notice of the full-senior title, with the two departments registered."""
    joint = "\nresults: {published_by: [省经信厅, 省人力社保厅], needs: all, text: 联合发文公布评审结果, cite: 一}\n"
    version = make_pack_version(example_text() + joint)
    Plan.objects.filter(pk=world.plan.pk).update(pack_version=version)
    world.plan.refresh_from_db()
    industry = make_organisation(
        "浙江省经济和信息化厅", kind=OrganisationKind.INDUSTRY_AUTHORITY, region="330000"
    )
    human = make_organisation(
        "浙江省人力资源和社会保障厅", kind=OrganisationKind.HR_AUTHORITY, region="330000"
    )
    return industry, human


def test_full_senior_results_are_published_by_the_two_departments_of_the_notice(now, world):
    """R-331: no other body can be chosen, one alone is not enough; the notice's order stands on the certificate."""
    industry, human = joint_world(now, world)
    applications = passed_and_publicised(world)
    assert "由省经信厅、省人力社保厅联合发文公布" in Publicity.objects.get(kind=PublicityKind.RESULT).content
    with pytest.raises(Refused, match="不能选别的单位"):
        reported(world, applications, [world.city_hr, human])
    with pytest.raises(Refused, match="由 2 个单位发文"):
        reported(world, applications, [human])
    report = reported(world, applications, [human, industry])
    terms = {"report": report, "document_number": "浙经信人才〔2026〕1号", "issued_on": now.date()}

    confirm_report(**terms, actor=staff_actor(human, Role.PROVINCIAL_HR), now=world.now)
    assert not Certificate.objects.exists()
    confirm_report(**terms, actor=staff_actor(industry, Role.INDUSTRY_AUTHORITY), now=world.now)

    assert Certificate.objects.get().issuer == "浙江省经济和信息化厅、浙江省人力资源和社会保障厅"


def test_joint_results_wait_for_a_department_that_is_not_registered(now, world):
    industry, human = joint_world(now, world)
    applications = passed_and_publicised(world)
    Organisation.objects.filter(pk=industry.pk).delete()

    with pytest.raises(Refused, match="还没有登记齐"):
        reported(world, applications, [human, world.city_hr])


def test_a_returned_report_can_be_made_again(world):
    applications = passed_and_publicised(world)
    report = reported(world, applications)
    with pytest.raises(Refused, match="退回的原因"):
        return_report(report=report, reason=" ", actor=world.official, now=world.now)
    return_report(report=report, reason="名单与会议记录不符", actor=world.official, now=world.now)

    assert reported(world, applications).state == ReportState.REPORTED


def test_verification_tells_an_unknown_number_and_a_wrong_name_alike(world):
    issue(world, passed_and_publicised(world))
    certificate = Certificate.objects.get()

    assert find_certificate(number=certificate.number, name=certificate.holder_name) == certificate
    assert find_certificate(number=certificate.number, name="别人") is None
    assert find_certificate(number=certificate.number[:-1] + "9", name=certificate.holder_name) is None


def test_a_revoked_title_says_so_with_its_basis(world):
    """R-338, R-342: the title is taken away with a document; the register keeps the certificate."""
    issue(world, passed_and_publicised(world))
    certificate = Certificate.objects.get()
    with pytest.raises(Refused, match="依据文件"):
        revoke_certificate(certificate=certificate, basis=" ", actor=world.official, now=world.now)
    with pytest.raises(Forbidden):
        revoke_certificate(certificate=certificate, basis="处理决定", actor=world.clerk, now=world.now)

    revoke_certificate(
        certificate=certificate, basis="示范人社函〔2026〕9号", actor=world.official, now=world.now
    )

    certificate.refresh_from_db()
    certificate.application.refresh_from_db()
    assert (certificate.state, certificate.basis, certificate.ended_on) == (
        CertificateState.REVOKED,
        "示范人社函〔2026〕9号",
        world.now.date(),
    )
    assert certificate.application.state == ApplicationState.REVOKED


def test_a_correction_leaves_the_old_number_superseded_and_makes_a_new_file(world):
    issue(world, passed_and_publicised(world))
    old = Certificate.objects.get()
    with pytest.raises(Refused, match="不能与原来相同"):
        correct_certificate(
            certificate=old, holder_name=old.holder_name, basis="更正函", actor=world.official, now=world.now
        )
    old.refresh_from_db()

    new = correct_certificate(
        certificate=old, holder_name="𠮷田甲", basis="更正函", actor=world.official, now=world.now
    )
    run_due()

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.successor, new.state) == (CertificateState.SUPERSEDED, new, CertificateState.VALID)
    assert old.file_hash != new.file_hash
    assert verify(content(new), trust_roots()).is_genuine


def test_an_applicant_cannot_publish_or_report(world):
    application = make_application(world.plan, state=ApplicationState.ACCEPTED)
    own = applicant_actor(application.person)
    with pytest.raises(Forbidden):
        post_list(
            kind=PublicityKind.PRE_REVIEW,
            plan=world.plan,
            applications=[application],
            **WHERE,
            actor=own,
            now=world.now,
        )
    with pytest.raises(Forbidden):
        report_results(plan=world.plan, applications=[], bodies=[], actor=own, now=world.now)


def test_finding_a_certificate_costs_one_query_however_many_there_are(world):
    issue(world, passed_and_publicised(world, 3))
    certificate = Certificate.objects.first()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        find_certificate(number=certificate.number, name=certificate.holder_name)
    assert len(captured) == 1


def test_the_number_of_bodies_comes_from_the_pack(world):
    assert bodies_needed(world.plan) >= 1
