"""Keys of others lead nowhere: every key, every file, by every role that has no business there (checklist 15, 16, 19)."""

import pytest
from django.test import Client

from tests.factories.applications import make_draft, make_technician, make_world, submitted
from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.committees import World, expert_actor
from tests.factories.notices import make_objection, make_publicity
from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    sign_in,
    staff_actor,
)
from zhiping.achievements.states import VersionState
from zhiping.applications.models import Snapshot
from zhiping.applications.states import ApplicationState
from zhiping.certificates.access import can_confirm
from zhiping.certificates.models import BodyConfirmation, ResultReport
from zhiping.committees.models import GroupOpinion
from zhiping.committees.queries import cases_visible_to
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import end_of
from zhiping.notices.states import PublicityKind
from zhiping.organisations.models import Membership
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
PAGES_OF_A_DRAFT = (
    *(
        "",
        "achievements/",
        "attachments/",
        "check/",
        "form/",
        "integrity/",
        "photo/",
        "receipt/",
        "referral/",
    ),
    *("score/", "withdraw/"),
)


@pytest.fixture(autouse=True)
def morning(now, at):
    at(now)


def signed_in(actor) -> Client:
    client = Client()
    sign_in(client, actor)
    return client


def test_nobody_opens_an_application_of_somebody_else(now):
    """The draft and the submitted case of 申报人甲, tried by 申报人乙 of the same employer."""
    world = make_world(now)
    draft = make_draft(now, world, "申报人甲")
    rival = signed_in(applicant_actor(make_technician(world.employer, "申报人乙")))
    base = f"/applicant/applications/{draft.pk}/"

    assert {page: rival.get(base + page).status_code for page in PAGES_OF_A_DRAFT} == dict.fromkeys(
        PAGES_OF_A_DRAFT, 404
    )
    assert rival.get(f"/applicant/certificates/forms/{draft.pk}/").status_code == 404
    for act in ("integrity/code/", "integrity/take-over/", "withdraw/", "attachments/other/"):
        assert rival.post(base + act, {"version": "0"}).status_code in (403, 404)


def test_no_desk_opens_a_draft_a_withdrawn_case_or_one_of_another_body(now):
    world = make_world(now)
    draft, sent = make_draft(now, world, "申报人甲"), submitted(now, world, "申报人乙")
    clerk, stranger = signed_in(world.clerk), signed_in(staff_actor(make_organisation()))
    county = signed_in(world.county_officer)

    assert clerk.get(f"/employer/applications/{sent.pk}/").status_code == 200
    assert clerk.get(f"/employer/applications/{draft.pk}/").status_code == 404
    assert stranger.get(f"/employer/applications/{sent.pk}/").status_code == 404
    assert county.get(f"/authority/applications/{sent.pk}/").status_code == 404  # not reached yet
    type(sent).objects.filter(pk=sent.pk).update(state=ApplicationState.WITHDRAWN)
    assert clerk.get(f"/employer/applications/{sent.pk}/").status_code == 404


def test_a_clerk_meets_the_own_case_nowhere(now):
    """By person, not by account: the clerk who applies sees neither page nor file nor queue row, and decides nothing."""
    world = make_world(now)
    sent = submitted(now, world, "申报人乙")
    own = staff_actor(world.employer, Role.EMPLOYER_CLERK, person=sent.person)
    client = signed_in(own)

    assert client.get(f"/employer/applications/{sent.pk}/").status_code == 404
    assert sent.number not in client.get("/employer/applications/").content.decode()
    assert (
        client.post(
            f"/employer/applications/{sent.pk}/pass/", {"version": "1", "opinion": "同意"}
        ).status_code
        == 404
    )
    sent.refresh_from_db()
    assert sent.state == ApplicationState.IN_REVIEW


def test_evidence_is_reached_through_its_own_case_only(now):
    """A file of 申报人乙 named under the case of 申报人丙, an item of 乙 under another body, somebody's upload by its key."""
    world = make_world(now)
    first, second = submitted(now, world, "申报人乙"), submitted(now, world, "申报人丙")
    clerk = signed_in(world.clerk)
    theirs = first.photo_id
    loose = make_file(make_person("申报人丁"))

    assert clerk.get(f"/employer/applications/{second.pk}/files/{theirs}/").status_code == 404
    assert clerk.get(f"/employer/applications/{second.pk}/files/{loose.pk}/").status_code == 404
    rival = signed_in(applicant_actor(second.person))
    assert rival.get(f"/applicant/archive/files/{theirs}/").status_code == 404
    assert rival.get(f"/applicant/applications/{second.pk}/files/{theirs}/").status_code == 404


def test_a_content_that_names_a_foreign_file_gives_it_to_no_expert(now):
    """Even a frozen content that was tampered with opens only files of its applicant."""
    hall = World(now)
    meeting = hall.session(cases=1)
    case = meeting.cases.get()
    loose = make_file(make_person("申报人丁"))
    Snapshot.objects.create(
        application=case.application,
        number=1,
        sha256="0" * 64,
        content=f'{{"photo": {{"file": {loose.pk}}}}}',
        created_at=now,
    )
    expert = signed_in(expert_actor(meeting.seats.last().member))

    assert expert.get(f"/expert/cases/{case.pk}/files/{loose.pk}/").status_code == 404


def test_drafts_of_an_archive_and_people_of_others_are_closed_to_employers(now):
    employer, other = make_organisation(), make_organisation()
    person = make_person("申报人甲")
    make_profile(person, employer)
    draft = make_item(person, "papers", state=VersionState.DRAFT)
    sent = make_item(person, "papers", state=VersionState.SUBMITTED, files=(make_file(person),))
    file = sent.evidence_links.get().file
    own, stranger = signed_in(staff_actor(employer)), signed_in(staff_actor(other))

    assert own.get(f"/employer/archive/items/{sent.pk}/").status_code == 200
    assert own.get(f"/employer/archive/items/{draft.pk}/").status_code == 404
    for url in (
        f"items/{sent.pk}/",
        f"items/{sent.pk}/files/{file.pk}/",
        f"people/{person.profile.pk}/",
        f"people/{person.profile.pk}/photo/",
    ):
        assert stranger.get(f"/employer/archive/{url}").status_code == 404, url


def test_a_recused_expert_and_one_of_another_meeting_read_nothing(now):
    hall = World(now)
    meeting = hall.session(cases=2)
    first, second = meeting.cases.all()
    member = meeting.seats.last().member
    first.recusals.create(member=member, reason="同一单位")
    expert, elsewhere = (
        signed_in(expert_actor(member)),
        signed_in(expert_actor(hall.session(cases=1).seats.last().member)),
    )

    assert expert.get(f"/expert/cases/{second.pk}/").status_code == 200
    assert expert.get(f"/expert/cases/{first.pk}/").status_code == 404
    assert (
        expert.post(f"/expert/cases/{first.pk}/", {"recommendation": "agree", "text": "好"}).status_code
        == 404
    )
    assert first.application.person.name not in expert.get(f"/expert/meetings/{meeting.pk}/").content.decode()
    assert elsewhere.get(f"/expert/meetings/{meeting.pk}/").status_code == 404
    assert elsewhere.get(f"/expert/cases/{second.pk}/").status_code == 404


def test_an_office_clerk_who_applies_does_not_see_the_own_case_at_the_meeting(now):
    """Finding of this review: the office's scope left out the person."""
    hall = World(now)
    meeting = hall.session(cases=2)
    case = meeting.cases.first()
    own = staff_actor(hall.office, Role.COMMITTEE_OFFICE, person=case.application.person)

    assert case not in cases_visible_to(own)
    assert case in cases_visible_to(hall.clerk)


def test_applicants_learn_no_name_of_an_expert(now):
    hall = World(now)
    meeting = hall.session(cases=1)
    case = meeting.cases.get()
    member = meeting.seats.last().member
    GroupOpinion.objects.create(
        case=case, member=member, recommendation="agree", text="业绩突出", given_at=now
    )
    applicant = signed_in(applicant_actor(case.application.person))

    for url in (
        f"/applicant/applications/{case.application_id}/",
        "/applicant/",
        f"/applicant/certificates/forms/{case.application_id}/",
    ):
        shown = applicant.get(url).content.decode()
        assert [
            seat.member.person.name for seat in meeting.seats.all() if seat.member.person.name in shown
        ] == []
        assert "业绩突出" not in shown


def test_an_official_on_the_list_does_not_confirm_it(now):
    """Finding of this review: the first of two confirming bodies was asked for its rights, not for the person."""
    hall = World(now)
    case = hall.session(cases=1).cases.get()
    report = ResultReport.objects.create(plan=hall.plan, reported_at=now)
    report.applications.add(case.application)
    BodyConfirmation.objects.create(report=report, organisation=hall.city_hr)
    own = staff_actor(hall.city_hr, Role.CITY_HR, person=case.application.person)

    assert can_confirm(hall.official, report)
    assert not can_confirm(own, report)


def test_who_objected_is_shown_to_nobody_who_handles_it(now):
    """Online objections: neither the publicising body nor the person objected to (C-80)."""
    office = make_organisation(kind=OrganisationKind.COMMITTEE_OFFICE)
    clerk = staff_actor(office, Role.COMMITTEE_OFFICE)
    shown = make_publicity(now, office, actor=clerk, kind=PublicityKind.PRE_REVIEW)
    objection = make_objection(shown, now, is_named=True, name="反映人壬", contact="0571-12345678")
    employer = make_organisation()
    hr = staff_actor(employer)
    posted = make_publicity(now, employer, actor=hr)
    second = make_objection(posted, now, is_named=True, name="反映人壬", contact="0571-12345678")

    for client, url in (
        (signed_in(clerk), f"/committee/publicity/objections/{objection.pk}/"),
        (signed_in(clerk), f"/committee/publicity/{shown.pk}/"),
        (signed_in(hr), f"/employer/publicity/objections/{second.pk}/"),
        (signed_in(hr), f"/employer/publicity/{posted.pk}/"),
        (Client(), f"/publicity/{posted.code}/"),
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "反映人壬" not in answer.content.decode(), url
        assert "12345678" not in answer.content.decode(), url
    assert signed_in(hr).get(f"/employer/publicity/objections/{objection.pk}/").status_code == 404


def test_names_of_a_list_that_has_ended_are_gone_from_every_public_page(now, at):
    posted = make_publicity(now, names=("申报人甲", "申报人乙"))
    assert "申报人甲" in Client().get(f"/publicity/{posted.code}/").content.decode()
    at(end_of(posted.ends_on))
    for url in (
        f"/publicity/{posted.code}/",
        f"/publicity/{posted.code}/?words=申报人",
        f"/publicity/{posted.code}/objection/",
    ):
        assert "申报人甲" not in Client().get(url).content.decode(), url
    answer = Client().post(f"/publicity/{posted.code}/objection/", {"way": "anonymous", "text": ""})
    assert "申报人甲" not in answer.content.decode()


def test_a_role_that_was_taken_away_ends_at_the_next_request(now):
    actor = staff_actor(make_organisation())
    client = signed_in(actor)
    assert client.get("/employer/").status_code == 200

    Membership.objects.filter(user_id=actor.user_id).update(is_active=False)

    assert client.get("/employer/").status_code == 403


def test_a_session_cannot_name_a_membership_of_somebody_else(now):
    victim = make_membership()
    thief = signed_in(applicant_actor(make_person("申报人丁")))
    session = thief.session
    session["acting_membership"] = victim.pk
    session.save()

    assert thief.get("/employer/").status_code == 403
    assert thief.post("/start/choose/", {"membership": str(victim.pk)}).status_code == 404


def test_staff_work_only_with_a_second_factor_outside_the_demo(settings, now):
    """Checklist 2: the role is not taken up before the factor is there."""
    settings.DEMO = False
    membership = make_membership()
    client = Client()
    client.force_login(membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])

    answer = client.post("/start/choose/", {"membership": str(membership.pk)})

    assert answer.url == "/accounts/two-step/"
    assert client.get("/employer/").status_code == 403


@pytest.mark.parametrize("url", ["/demo/", "/demo/tour/", "/demo/components/"])
def test_the_demo_is_nowhere_outside_the_demo(settings, url):
    settings.DEMO = False
    assert Client().get(url).status_code == 404
    assert Client().post("/demo/clock/", {"move": "reset"}).status_code == 404
    assert Client().post("/demo/login/demo-craftsman/").status_code == 404
