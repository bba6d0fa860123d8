"""Scans compared with their originals: the four marks as the platform keeps them (R-004, R-281)."""

import pytest
from django.db import DatabaseError, transaction

from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.people import make_organisation, make_person, staff_actor
from zhiping.achievements import transitions
from zhiping.achievements.models import CopyCheck, ItemVersion
from zhiping.achievements.operations import check_copies, decide_item
from zhiping.achievements.states import PaperKind, VersionState
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    person = make_person()
    make_profile(person)
    return person


@pytest.fixture
def clerk(person):
    return staff_actor(person.profile.employer)


@pytest.fixture
def version(person):
    files = (make_file(person, name="奖状.pdf"), make_file(person, name="作品照片.jpg"))
    return make_item(person, state=VersionState.SUBMITTED, files=files)


def decide(version, actor, now, copies=None, verdict=transitions.APPROVE, reason=""):
    with transaction.atomic():
        decide_item(
            version=ItemVersion.objects.get(pk=version.pk),
            verdict=verdict,
            reason=reason,
            expected=None,
            actor=actor,
            now=now,
            copies=copies,
        )


def keys(version) -> list[int]:
    return list(version.evidence.order_by("pk").values_list("pk", flat=True))


def test_approval_keeps_statement_person_time_and_body_of_each_file(version, clerk, now):
    """R-004: the four marks of a copy; an original needs no statement."""
    copy, original = keys(version)

    decide(version, clerk, now, {copy: PaperKind.COPY, original: PaperKind.ORIGINAL})

    first, second = CopyCheck.objects.order_by("file_id")
    assert (first.statement, second.statement) == ("核对无误", "")
    for check in (first, second):
        assert (check.checker_id, check.checker_name) == (clerk.person_id, clerk.name)
        assert (check.organisation_id, check.organisation_name) == (
            clerk.organisation_id,
            clerk.organisation_name,
        )
        assert (check.checked_at, check.version_id) == (now, version.pk)
    told = LogEntry.objects.get(verb="archive.check_copies").details["files"]
    assert [(each["file"], each["kind"]) for each in told] == [(copy, "copy"), (original, "original")]


@pytest.mark.parametrize("answered", [0, 1])
def test_item_is_not_approved_with_a_file_left_out(version, clerk, now, answered):
    """R-281: without the mark the unit cannot pass; nothing is half kept."""
    answers = dict.fromkeys(keys(version)[:answered], PaperKind.COPY)

    with pytest.raises(Refused, match=r"作品照片\.jpg") as refusal:
        decide(version, clerk, now, answers)

    assert refusal.value.field == "copies"
    assert not CopyCheck.objects.exists()
    assert ItemVersion.objects.get(pk=version.pk).state == VersionState.SUBMITTED


def test_answers_that_are_not_offered_or_about_other_files_do_not_count(version, person, clerk, now):
    copy, original = keys(version)
    foreign = make_file(person)

    with pytest.raises(Refused, match=r"奖状\.pdf"):
        decide(version, clerk, now, {copy: "maybe", original: PaperKind.COPY, foreign.pk: PaperKind.COPY})
    decide(version, clerk, now, {copy: "copy", original: "copy", foreign.pk: "copy"})

    assert not CopyCheck.objects.filter(file=foreign).exists()


def test_return_asks_for_no_check(version, clerk, now):
    decide(version, clerk, now, verdict=transitions.RETURN, reason="复印件没有核对签章")

    assert not CopyCheck.objects.exists()


def test_same_file_in_the_next_version_is_not_asked_again(version, person, clerk, now):
    decide(version, clerk, now, dict.fromkeys(keys(version), PaperKind.COPY))
    files = tuple(version.evidence.all())
    again = make_item(person, state=VersionState.SUBMITTED, files=files)

    decide(again, clerk, now)

    assert CopyCheck.objects.count() == 2


def test_second_body_adds_its_own_check_and_its_repetition_changes_nothing(version, clerk, now):
    """An acceptance point or authority may look again; the unit's word stays."""
    decide(version, clerk, now, dict.fromkeys(keys(version), PaperKind.COPY))
    officer = staff_actor(make_organisation("人力社保局"), Role.COUNTY_HR)
    arguments = {
        "files": list(version.evidence.all()),
        "answers": dict.fromkeys(keys(version), PaperKind.COPY),
        "subject": version,
        "actor": officer,
        "now": now,
        "must": False,
    }

    check_copies(**arguments)
    check_copies(**arguments)

    assert CopyCheck.objects.count() == 4
    assert LogEntry.objects.filter(verb="archive.check_copies").count() == 2


def test_staff_of_another_body_leave_no_check(version, now):
    rival = staff_actor(make_organisation("别家单位"))

    with pytest.raises(Forbidden):
        decide(version, rival, now, dict.fromkeys(keys(version), PaperKind.COPY))

    assert not CopyCheck.objects.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_check_can_neither_be_changed_nor_removed(version, clerk, now, act):
    decide(version, clerk, now, dict.fromkeys(keys(version), PaperKind.COPY))
    rows = CopyCheck.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(checker_name="别人") if act == "update" else rows.delete()
