"""Who sees which application, step, file: with other people's data present that could leak."""

import pytest

from tests.factories.applications import audited, forwarded, make_draft, make_world, publicise, submitted
from tests.factories.archive import make_file
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.applications.models import Snapshot
from zhiping.applications.queries import cases_at, file_of, previous_content, steps_visible_to, visible_to
from zhiping.applications.snapshot_content import file_ids
from zhiping.kernel.actor import ANONYMOUS, Role
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


def seen(actor):
    return set(visible_to(actor))


def test_applicant_sees_only_their_own(now):
    world = make_world(now)
    mine, other = make_draft(now, world, "申报人乙"), submitted(now, world, "申报人丙")

    assert seen(applicant_actor(mine.person)) == {mine}
    assert seen(applicant_actor(other.person)) == {other}
    assert seen(applicant_actor(make_person("旁人"))) == set()
    assert seen(ANONYMOUS) == set()


def test_employer_sees_submitted_cases_of_its_people_but_no_draft(now):
    world, elsewhere = make_world(now), make_world(now)
    draft, case = make_draft(now, world, "申报人乙"), submitted(now, world, "申报人丙")
    submitted(now, elsewhere, "申报人丁")

    assert draft not in seen(world.clerk)
    assert seen(world.clerk) == {case}
    assert seen(staff_actor(make_organisation())) == set()


def test_authority_sees_a_case_when_it_has_reached_its_desk(now):
    world = make_world(now)
    case, _ = forwarded(now, world, "申报人丙")
    waiting = submitted(now, world, "申报人乙")

    assert seen(world.county_officer) == {case}
    assert seen(world.clerk) == {case, waiting}
    assert seen(world.officer) == set()


def test_authority_of_another_county_or_role_sees_nothing(now):
    world = make_world(now)
    forwarded(now, world)
    other = make_organisation(kind=OrganisationKind.HR_AUTHORITY, region="330108")

    assert seen(staff_actor(other, Role.COUNTY_HR)) == set()
    assert seen(staff_actor(world.county, Role.ACCEPTANCE_POINT)) == set()
    assert seen(world.officer) == set()


def test_nobody_sees_their_own_case_in_a_role_of_a_body(now):
    world = make_world(now)
    own, other = submitted(now, world, "申报人乙"), submitted(now, world, "申报人丙")
    actor = staff_actor(world.employer, person=own.person)

    assert seen(actor) == {other}
    assert {step.application for step in steps_visible_to(actor)} == {other}


def test_supervision_sees_every_submitted_case(now):
    world = make_world(now)
    make_draft(now, world, "申报人乙")
    case = submitted(now, world, "申报人丙")

    assert seen(staff_actor(make_organisation(region="330000"), Role.SUPERVISOR)) == {case}
    assert seen(staff_actor(make_organisation(region="331100"), Role.SUPERVISOR)) == set()


def test_queue_sorts_by_time_left_and_finds_rare_characters(now):
    world = make_world(now)
    first, second = submitted(now, world, "申报人𠮷"), submitted(now, world, "申报人䶮")
    first.steps.filter(position=1).update(due_at=None)
    clerk = world.clerk

    assert [step.application for step in cases_at(clerk, now=now)] == [second, first]
    assert [step.application for step in cases_at(clerk, words="𠮷", now=now)] == [first]
    assert [step.application for step in cases_at(clerk, words=second.number, now=now)] == [second]
    assert list(cases_at(clerk, words="查无此人", now=now)) == []


def test_queue_filters_by_state_and_overdue(now):
    world = make_world(now)
    open_case, audited_case = submitted(now, world, "申报人乙"), audited(now, world, "申报人丙")
    clerk = world.clerk
    due = open_case.steps.get(position=1).due_at

    assert [s.application for s in cases_at(clerk, state="audited", now=now)] == [audited_case]
    assert list(cases_at(clerk, state="overdue", now=now)) == []
    assert len(cases_at(clerk, state="overdue", now=due)) == 2


def test_files_are_served_only_if_the_submission_names_them(now):
    application = submitted(now, make_world(now))
    content = previous_content(application)
    strange = make_file(application.person, name="别的.pdf")
    foreign = make_file(make_person("旁人"), name="旁人的.pdf")

    for key in file_ids(content):
        assert file_of(application, key, content=content).owner == application.person
    assert len(file_ids(content)) == 3
    assert file_of(application, strange.pk, content=content) is None
    assert file_of(application, foreign.pk, content={"file": foreign.pk}) is None


def test_snapshot_cannot_be_changed_by_any_query(now):
    from django.db import DatabaseError, transaction

    submitted(now, make_world(now))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Snapshot.objects.update(content="{}")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Snapshot.objects.all()._raw_delete("default")


def test_desk_after_publicity_still_is_the_employers(now):
    world = make_world(now)
    case = audited(now, world)
    publicise(now, world)

    assert [step.application for step in cases_at(world.clerk, state="publicised", now=now)] == [case]
