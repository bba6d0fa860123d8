"""The person confirms what was found: into the archive without upload (R-043, R-045, R-098)."""

import pytest

from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.people import applicant_actor, make_person, staff_actor
from tests.factories.registers import make_found
from zhiping.achievements import transitions
from zhiping.achievements.facts import record_of
from zhiping.achievements.models import ItemVersion
from zhiping.achievements.operations import BadRecord, decide_item, leave_found, save_item, take_found
from zhiping.achievements.queries import approved_versions, found_visible_to, typed_twins
from zhiping.achievements.states import Answer, VersionState
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db
YES = {"is_related": "true"}
TYPED = {
    "level": "bachelor",
    "school": "旧名大学",
    "is_related": True,
    "graduated_on": "2010-07",
    "mode": "full_time",
}


@pytest.fixture
def person(db):
    person = make_person()
    make_profile(person)
    return person


def take(found, now, typed=YES, replaces=None):
    version = take_found(
        found=found, replaces=replaces, typed=typed, actor=applicant_actor(found.person), now=now
    )
    version.refresh_from_db()
    return version


def test_what_the_register_says_whole_is_approved_by_the_platform(person, now):
    """R-043: source = auto, no upload, no audit."""
    version = take(make_found(person, "patents"), now, typed={})

    assert (version.state, version.source) == (
        VersionState.APPROVED,
        "专利（专利号 2020100000000）",
    )
    assert [each.pk for each in approved_versions(person)] == [version.pk]
    assert LogEntry.objects.filter(verb="archive.extract").count() == 1


def test_what_the_person_adds_is_the_employers_to_check_and_nothing_is_uploaded(person, now):
    """R-044: found → no upload; `verified_online` only by the register (R-098)."""
    version = take(make_found(person), now)
    assert (version.state, version.employer_id) == (VersionState.SUBMITTED, person.profile.employer_id)
    decide_item(
        version=version,
        verdict=transitions.APPROVE,
        reason="",
        expected=None,
        actor=staff_actor(person.profile.employer),
        now=now,
    )

    [approved] = approved_versions(person)
    assert record_of(approved)["verified_online"] is True
    assert approved.data["is_related"] is True
    assert not approved.evidence_links.exists()
    assert record_of(make_item(person, "education", data=TYPED))["verified_online"] is False


def test_an_open_question_is_named_and_nothing_is_kept(person, now):
    found = make_found(person)

    with pytest.raises(BadRecord) as refusal:
        take(found, now, typed={})
    assert refusal.value.errors == {"is_related": "还没有填是否与申报专业相同或相近。"}
    assert not ItemVersion.objects.exists()


def test_what_the_register_says_cannot_be_typed_over(person, now):
    version = take(make_found(person), now, typed={**YES, "level": "doctor", "school": "别的大学"})

    assert (version.data["level"], version.data["school"]) == ("bachelor", "示范大学")


def test_without_an_employer_it_waits_as_a_draft_that_needs_no_upload(now):
    version = take(make_found(make_person()), now)

    assert (version.state, bool(version.source)) == (VersionState.DRAFT, True)


def test_the_same_click_twice_is_one_version(person, now):
    found = make_found(person)
    first, again = take(found, now), take(found, now)

    assert first.pk == again.pk
    assert LogEntry.objects.filter(verb="archive.take_found").count() == 1


def test_a_pending_patent_is_not_taken(person, now):
    """R-371."""
    found = make_found(person, "patents")
    found.data["status"] = "pending"
    found.save()

    with pytest.raises(Refused, match="还没有授权"):
        take(found, now, typed={})
    assert not ItemVersion.objects.exists()


def test_a_typed_item_gives_way_and_its_versions_stay(person, now):
    typed = make_item(person, "education", data=TYPED)
    found = make_found(person)
    assert {key: twin.pk for key, twin in typed_twins([found], person.pk).items()} == {found.pk: typed.pk}
    version = take(found, now, replaces=typed.item)

    assert (version.item_id, version.number) == (typed.item_id, 2)
    assert [each.pk for each in approved_versions(person)] == [typed.pk]  # usable until the employer decides
    with pytest.raises(Refused, match="自动提取"):
        save_item(
            item=version.item,
            category="education",
            typed={},
            evidence=[],
            stamp="",
            token=None,
            actor=applicant_actor(person),
            now=now,
        )


def test_a_typed_draft_that_gives_way_is_kept_with_its_files(person, now):
    scan = make_file(person)
    draft = make_item(person, "education", data=TYPED, state=VersionState.DRAFT, files=(scan,))
    found = make_found(person)
    take(found, now, replaces=draft.item)

    found.refresh_from_db()
    assert found.replaced == {"data": TYPED, "label": draft.label, "files": [["proof", scan.pk]]}


def test_a_typed_item_before_the_employer_is_taken_back_first(person, now):
    sent = make_item(person, "education", data=TYPED, state=VersionState.SUBMITTED)
    found = make_found(person)

    with pytest.raises(Refused, match="撤回"):
        take(found, now, replaces=sent.item)
    found.refresh_from_db()
    assert found.answer == Answer.OPEN


def test_nothing_of_others_and_of_other_categories_gives_way(person, now):
    other = make_person("申报人乙")
    make_profile(other)
    for wrong in (make_item(other, "education", data=TYPED), make_item(person, "papers")):
        with pytest.raises(Refused, match="已经变了"):
            take(make_found(person, key=f"k{wrong.pk}"), now, replaces=wrong.item)


def test_typed_records_of_others_are_no_twins(person):
    other = make_person("申报人乙")
    make_profile(other)
    make_item(other, "education", data=TYPED)

    assert typed_twins([make_found(person)], person.pk) == {}


def test_a_left_record_stays_listed_and_can_still_be_taken(person, now):
    found, own = make_found(person), applicant_actor(person)
    leave_found(found=found, actor=own, now=now)
    leave_found(found=found, actor=own, now=now)
    found.refresh_from_db()
    assert (found.answer, found.answered_at) == (Answer.LEFT, now)
    assert LogEntry.objects.filter(verb="archive.leave_found").count() == 1

    assert take(found, now).number == 1


def test_a_taken_record_is_not_left(person, now):
    found = make_found(person)
    take(found, now)
    leave_found(found=found, actor=applicant_actor(person), now=now)

    found.refresh_from_db()
    assert found.answer == Answer.TAKEN


def test_only_the_person_sees_and_answers(person, now):
    found = make_found(person)
    clerk, stranger = staff_actor(person.profile.employer), applicant_actor(make_person("申报人乙"))

    assert found_visible_to(applicant_actor(person)).get() == found
    for actor in (clerk, stranger):
        assert not found_visible_to(actor).exists()
        with pytest.raises(Forbidden):
            take_found(found=found, replaces=None, typed=YES, actor=actor, now=now)
        with pytest.raises(Forbidden):
            leave_found(found=found, actor=actor, now=now)


def test_other_answers_after_a_return_make_the_next_version(person, now):
    version = take(make_found(person), now)
    decide_item(
        version=version,
        verdict=transitions.RETURN,
        reason="专业不相近。",
        expected=None,
        actor=staff_actor(person.profile.employer),
        now=now,
    )
    found = found_visible_to(applicant_actor(person)).get()
    again = take(found, now, typed={"is_related": "false"})

    assert (again.number, again.state, again.data["is_related"]) == (2, VersionState.SUBMITTED, False)
