"""Lists take at most 6 queries, details 8, submits 15; the same for one row and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import employers
from tests.factories.applications import (
    audited,
    forwarded,
    make_draft,
    make_ready_draft,
    make_technician,
    make_world,
    publicise,
    step_of,
    submitted,
)
from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.committees import World as CommitteeWorld
from tests.factories.committees import expert_actor
from tests.factories.copies import Case
from tests.factories.notices import make_publicity
from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    make_user,
    sign_in,
    staff_actor,
)
from tests.factories.plans import make_pack_version, make_plan
from zhiping.applications.operations import pass_step
from zhiping.identity.models import Person
from zhiping.kernel.actor import Role
from zhiping.notices.states import PublicityKind

pytestmark = pytest.mark.django_db
LIST, DETAIL, SUBMIT = 6, 8, 15
MANY = 29  # besides the first


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


def asked(client, url, posted=None) -> list[str]:
    """The statements of one request, savepoints left out."""
    with CaptureQueriesContext(connection) as context:
        answer = client.get(url) if posted is None else client.post(url, posted)
    assert answer.status_code == (200 if posted is None else 302), url
    return [each["sql"] for each in context if "SAVEPOINT" not in each["sql"]]


def assert_flat(client, pages, grow):
    """Every page of `pages` (address to its limit) stays within it and asks the same after `grow()`."""
    first = {url: asked(client, url) for url in pages}
    grow()
    for url, most in pages.items():
        then = asked(client, url)
        assert len(then) <= most, f"{url}: {len(then)}\n" + "\n".join(each[:160] for each in then)
        assert len(then) == len(first[url]), f"{url}: {len(first[url])} then {len(then)}"


def test_desk_of_the_employer(client, now):
    world = make_world(now)
    case = submitted(now, world)
    sign_in(client, world.clerk)
    base = "/employer/applications/"
    pages = {"/employer/": LIST, base: LIST, f"{base}?words=示范": LIST, f"{base}?state=open": LIST}
    pages |= {f"{base}?plan={world.plan.pk}": LIST, f"{base}{case.pk}/": DETAIL}
    assert_flat(client, pages, lambda: Case.of(case.person).copy(MANY))


def test_desk_of_the_authority(client, now, at):
    world = make_world(now)
    case, later = forwarded(now, world)
    at(later)
    sign_in(client, world.county_officer)
    base = "/authority/applications/"
    pages = {"/authority/": LIST, base: LIST, f"{base}?words=示范": LIST, f"{base}{case.pk}/": DETAIL}
    assert_flat(client, pages, lambda: Case.of(case.person).copy(MANY))


def test_desk_of_the_committee_office(client, now, at):
    world = make_world(now)
    case, later = forwarded(now, world)
    at(later)
    step = step_of(case)
    pass_step(step=step, opinion="同意", version=step.version, actor=world.county_officer, now=later)
    sign_in(client, world.officer)
    base = "/committee/applications/"
    pages = {"/committee/": LIST, base: LIST, f"{base}?words=示范": LIST, f"{base}{case.pk}/": DETAIL}
    assert_flat(client, pages, lambda: Case.of(case.person).copy(MANY))


def test_archive_audit_of_the_employer(client, now):
    employer = make_organisation()
    person = make_person("申报人乙")
    profile = make_profile(person, employer)
    item = make_item(person, state="submitted", files=(make_file(person),))
    sign_in(client, staff_actor(employer))

    def grow():
        for number in range(MANY):
            make_item(person, state="submitted", label=f"论文 {number}", files=(make_file(person),))
        Case.of(person).copy(MANY)

    base = "/employer/archive/"
    pages = {base: LIST, f"{base}people/{profile.pk}/": DETAIL, f"{base}items/{item.pk}/": DETAIL}
    assert_flat(client, pages, grow)


def test_publicity_of_the_employer(client, now):
    world = make_world(now)
    audited(now, world)
    posted = publicise(now, world)
    sign_in(client, world.clerk)

    def grow():
        names = tuple(f"申报人{number}" for number in range(MANY))
        for _ in range(3):
            make_publicity(now, world.employer, actor=world.clerk, names=names)
        for entry in list(posted.entries.all()):
            for number in range(MANY):
                entry.pk, entry.subject_id, entry.position = None, 1000 + number, 1000 + number
                entry.person_id = make_person().pk
                entry.save(force_insert=True)

    assert_flat(client, {"/employer/publicity/": LIST, f"/employer/publicity/{posted.pk}/": DETAIL}, grow)


def test_clerks_of_the_employer(client, now):
    employer = make_organisation()
    sign_in(client, staff_actor(employer))
    pages = {"/employer/registration/": DETAIL, "/employer/registration/clerks/": LIST}

    def grow():
        for number in range(MANY):
            make_membership(make_user(name=f"经办人{number}"), employer)

    assert_flat(client, pages, grow)


def test_employers_of_the_authority(client, now):
    staff = employers.hr_staff()
    body, _ = employers.submitted(now)
    sign_in(client, staff)

    def grow():
        for number in range(MANY):
            make_organisation(
                f"示范单位之{number}", state="authorisation_submitted", credit_code=f"X{number:017d}"
            )

    assert_flat(client, {"/authority/employers/": LIST, f"/authority/employers/{body.pk}/": DETAIL}, grow)


def test_pages_of_the_committee(client, now):
    world = CommitteeWorld(now)
    planned = world.meeting(cases=1)
    committee = planned.committee
    posted = make_publicity(
        now, world.office, actor=world.clerk, kind=PublicityKind.PRE_REVIEW, names=("申报人甲",)
    )
    sign_in(client, world.clerk)

    def grow():
        other = world.meeting(cases=MANY, size=7)
        other.cases.update(meeting=planned)
        for number in range(MANY):
            make_plan(office=world.office, version=world.plan.pack_version)
            if number < 5:
                make_pack_version()
                make_publicity(now, world.office, actor=world.clerk, kind=PublicityKind.RESULT)

    pages = {
        "/committee/": LIST,
        "/committee/plans/": LIST,
        f"/committee/plans/{world.plan.slug}/": DETAIL,
        "/committee/plans/rules/": LIST,
        f"/committee/plans/rules/{world.plan.pack_version_id}/": DETAIL,
        "/committee/committees/": LIST,
        f"/committee/committees/{committee.pk}/": DETAIL,
        "/committee/meetings/": LIST,
        f"/committee/meetings/{planned.pk}/": DETAIL,
        "/committee/publicity/": LIST,
        f"/committee/publicity/{posted.pk}/": DETAIL,
        "/committee/results/": LIST,
        "/committee/results/certificates/": LIST,
        f"/committee/results/plans/{world.plan.pk}/": DETAIL,
    }
    assert_flat(client, pages, grow)


def test_pages_of_the_expert(client, now):
    world = CommitteeWorld(now)
    opened = world.session(cases=1)
    member = opened.seats.select_related("member__committee__office", "member__person").first().member
    sign_in(client, expert_actor(member))
    case = opened.cases.first()

    def grow():
        world.meeting(cases=MANY, size=7).cases.update(meeting=opened)

    pages = {"/expert/": LIST, f"/expert/meetings/{opened.pk}/": DETAIL, f"/expert/cases/{case.pk}/": DETAIL}
    assert_flat(client, pages, grow)


def test_pages_of_the_applicant(client, now):
    world = make_world(now)
    case = submitted(now, world)
    sign_in(client, applicant_actor(case.person))

    def grow():
        for number in range(MANY):
            make_item(case.person, "papers", data={"title": f"论文 {number}"}, label=f"论文 {number}")
        for _ in range(3):
            submitted(now, make_world(now), person=Person.objects.get(pk=case.person_id))

    pages = {
        "/applicant/": DETAIL,
        "/applicant/messages/": LIST,
        "/applicant/certificates/": LIST,
        "/applicant/archive/": DETAIL,
        "/applicant/archive/papers/": LIST,
        f"/applicant/applications/{case.pk}/": DETAIL,
    }
    assert_flat(client, pages, grow)


def test_drafts_of_the_applicant(client, now):
    world = make_world(now)
    person = make_technician(world.employer)
    draft = make_draft(now, world, person=person)
    sign_in(client, applicant_actor(person))

    def grow():
        for number in range(MANY):
            make_item(person, "papers", data={"title": f"论文 {number}"}, label=f"论文 {number}")

    names = ("photo", "integrity", "form", "achievements", "score", "attachments", "check")
    assert_flat(client, {f"/applicant/applications/{draft.pk}/{name}/": DETAIL for name in names}, grow)


@pytest.mark.parametrize("picked", [1, 30])
def test_submitting(client, now, picked):
    """The same with one achievement and with thirty."""
    draft = make_ready_draft(now, make_world(now))
    papers = [
        make_item(draft.person, "papers", data={"title": f"论文 {number}"}, label=f"论文 {number}").pk
        for number in range(picked)
    ]
    sign_in(client, applicant_actor(draft.person))
    client.post(f"/applicant/applications/{draft.pk}/achievements/", {"version": 1, "item": papers})
    done = asked(client, f"/applicant/applications/{draft.pk}/check/", {"token": "counted", "confirmed": "1"})
    assert len(done) <= SUBMIT, "\n".join(each[:160] for each in done)


def test_pages_of_the_operator(client, now):
    centre = make_organisation("平台运营中心")
    body = make_organisation()
    admin = staff_actor(centre, Role.SYSTEM_ADMIN)
    sign_in(client, admin)

    def grow():
        for number in range(MANY):
            make_membership(make_user(name=f"经办人{number}"), body)
            make_organisation()

    base = "/operator/accounts/"
    pages = {
        base: LIST,
        f"{base}people/": LIST,
        f"{base}bodies/{body.pk}/": DETAIL,
        "/operator/calendar/": LIST,
    }
    assert_flat(client, pages, grow)
