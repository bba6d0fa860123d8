"""Every exit of what people and employers do with the archive."""

from datetime import timedelta

import pytest

from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.achievements import transitions
from zhiping.achievements.models import ArchiveItem, ItemVersion, Profile
from zhiping.achievements.operations import (
    BadRecord,
    decide_item,
    decide_items,
    decide_profile,
    discard_item,
    restore_item,
    save_item,
    save_profile,
    submit_item,
    submit_profile,
    withdraw_item,
    withdraw_profile,
)
from zhiping.achievements.queries import approved_versions
from zhiping.achievements.states import PaperKind, VersionState
from zhiping.achievements.tasks import empty_bin, remind_of_maintenance
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.states import OrganisationKind, OrganisationState

pytestmark = pytest.mark.django_db
APPRAISAL = {"year": "2025", "grade": "qualified"}
PROFILE = {
    "phone": "13800001234",
    "ethnicity": "汉族",
    "politics": "masses",
    "started_work_on": "2008-07",
    "personnel_relation": "local",
    "is_retired": "false",
    "is_civil_servant": "false",
    "in_post": "true",
    "post": "设计师",
    "profession": "陶瓷工艺",
    "is_established": "false",
    "unit_affiliation": "none",
    "insured_in_province": "true",
    "insured_in_city": "true",
    "has_labour_relation_proof": "true",
}


@pytest.fixture
def person():
    return make_person("𠮷㛃")


@pytest.fixture
def employer(person):
    return make_profile(person).employer


def save(person, now, *, typed=None, item=None, stamp="", files=(), token=None, category="appraisals"):
    return save_item(
        item=item,
        category=category,
        typed=APPRAISAL if typed is None else typed,
        evidence=[("form", file.pk) for file in files],
        stamp=stamp,
        token=token,
        actor=applicant_actor(person),
        now=now,
    )


def submitted(person, now) -> ItemVersion:
    version = save(person, now, files=[make_file(person)])
    submit_item(version=version, stamp=version.stamp, actor=applicant_actor(person), now=now)
    return version


def decide(version, actor, now, verdict=transitions.APPROVE, reason="", expected=None):
    decide_item(
        version=version,
        verdict=verdict,
        reason=reason,
        expected=expected,
        actor=actor,
        now=now,
        copies=dict.fromkeys(version.evidence.values_list("pk", flat=True), PaperKind.COPY),
    )


def test_save_keeps_typed_values_as_a_draft(person, now):
    version = save(person, now, files=[make_file(person)])

    assert version.state == VersionState.DRAFT
    assert version.data == {"year": 2025, "grade": "qualified"}
    assert version.label == "2025 年度 合格"
    assert version.evidence.count() == 1


def test_save_refuses_wrong_values_and_keeps_nothing(person, now):
    with pytest.raises(BadRecord) as refusal:
        save(person, now, typed={"year": "很早", "grade": "?"})

    assert sorted(refusal.value.errors) == ["grade", "year"]
    assert not ArchiveItem.objects.exists()


def test_save_by_somebody_else_is_forbidden(person, employer, now):
    version = save(person, now)
    for actor in (
        applicant_actor(make_person("申报人乙")),
        staff_actor(employer),
        staff_actor(employer, person=person),
    ):
        with pytest.raises(Forbidden):
            save_item(
                item=version.item,
                category="appraisals",
                typed=APPRAISAL,
                evidence=[],
                stamp=version.stamp,
                token=None,
                actor=actor,
                now=now,
            )


def test_files_of_others_cannot_be_evidence(person, now):
    with pytest.raises(Refused, match="重新上传"):
        save(person, now, files=[make_file(make_person("申报人乙"))])


def test_form_sent_twice_makes_one_item(person, now):
    first = save(person, now, token="t1")
    again = save(person, now, token="t1")

    assert again.pk == first.pk
    with pytest.raises(Refused, match="过期"):
        save(make_person("申报人乙"), now, token="t1")


def test_two_pages_never_overwrite_each_other(person, now):
    version = save(person, now)
    old = version.stamp
    newer = save(person, now, item=version.item, stamp=old, typed={**APPRAISAL, "year": "2024"})

    assert newer.stamp != old
    with pytest.raises(Refused, match="另一个页面"):
        save(person, now, item=version.item, stamp=old, typed={**APPRAISAL, "year": "2023"})
    assert ItemVersion.objects.get().data["year"] == 2024


def test_evidence_of_a_draft_is_replaced(person, now):
    one, two = make_file(person), make_file(person)
    version = save(person, now, files=[one])

    save(person, now, item=version.item, stamp=version.stamp, files=[two])

    assert list(version.evidence.all()) == [two]


def test_submit_needs_every_required_field_and_part(person, employer, now):
    version = save(person, now, typed={"year": "2025"})

    with pytest.raises(BadRecord) as refusal:
        submit_item(version=version, stamp=None, actor=applicant_actor(person), now=now)

    assert refusal.value.errors == {"grade": "还没有填等次。", "file-form": "还没有上传年度考核表。"}


def test_submit_goes_to_the_current_employer_and_is_logged(person, employer, now):
    """R-039."""
    version = submitted(person, now)
    version.refresh_from_db()

    assert (version.state, version.employer) == (VersionState.SUBMITTED, employer)
    entry = LogEntry.objects.get(verb="archive.submit")
    assert entry.details["number"] == 1
    assert len(entry.details["content"]) == 64


def test_submit_without_employer_is_refused(person, now):
    with pytest.raises(Refused, match="还没有现工作单位"):
        submitted(person, now)


def test_submit_from_the_bin_or_from_an_old_page_is_refused(person, employer, now):
    version = save(person, now, files=[make_file(person)])
    actor = applicant_actor(person)
    with pytest.raises(Refused, match="另一个页面"):
        submit_item(version=version, stamp="0.0", actor=actor, now=now)
    discard_item(item=version.item, actor=actor, now=now)
    version = ItemVersion.objects.get()

    with pytest.raises(Refused, match="回收站"):
        submit_item(version=version, stamp=None, actor=actor, now=now)


def test_submitted_item_is_closed_until_taken_back(person, employer, now):
    version = submitted(person, now)
    actor = applicant_actor(person)
    with pytest.raises(Refused, match="先撤回"):
        save(person, now, item=version.item, stamp=version.stamp, typed={"year": "2024"})
    with pytest.raises(Refused, match="先撤回"):
        discard_item(item=version.item, actor=actor, now=now)
    with pytest.raises(Forbidden):
        withdraw_item(version=version, expected=None, actor=staff_actor(employer), now=now)

    withdraw_item(version=version, expected=version.version, actor=actor, now=now)

    assert ItemVersion.objects.get().state == VersionState.DRAFT


def test_changed_item_is_audited_again_while_the_old_version_stays_usable(person, employer, now):
    """R-041."""
    version = submitted(person, now)
    decide(version, staff_actor(employer), now)

    newer = save(
        person, now, item=version.item, stamp=version.stamp, typed={**APPRAISAL, "grade": "excellent"}
    )

    assert (newer.number, newer.state) == (2, VersionState.DRAFT)
    assert [usable.pk for usable in approved_versions(person)] == [version.pk]


@pytest.mark.parametrize("verdict", [transitions.RETURN, transitions.REJECT])
def test_return_and_reject_need_a_reason_and_tell_the_person(person, employer, now, verdict):
    """R-271, R-273, R-274."""
    version = submitted(person, now)
    clerk = staff_actor(employer)
    with pytest.raises(Refused, match="必须写明原因"):
        decide(version, clerk, now, verdict, "  ")
    with pytest.raises(Refused, match="最多 500 字"):
        decide(version, clerk, now, verdict, "长" * 501)

    decide(version, clerk, now, verdict, "无证书")

    version.refresh_from_db()
    assert (version.state, version.reason, version.decided_by_id) == (
        verdict.target,
        "无证书",
        clerk.person_id,
    )
    assert "无证书" in Message.objects.get(person=person).body
    assert list(approved_versions(person)) == []


def test_only_the_body_that_was_asked_decides_and_nobody_their_own(person, employer, now):
    """domain §15.8: the same person as clerk of their own employer is refused."""
    version = submitted(person, now)
    actors = [
        applicant_actor(person),
        staff_actor(make_organisation()),
        staff_actor(employer, person=person),
    ]
    for actor in actors:
        with pytest.raises(Forbidden):
            decide(version, actor, now)


def test_decision_on_an_old_page_or_a_second_time_is_refused(person, employer, now):
    version = submitted(person, now)
    clerk = staff_actor(employer)
    with pytest.raises(Refused, match="刚刚已被处理"):
        decide(version, clerk, now, expected=version.version - 1)
    decide(version, clerk, now)

    with pytest.raises(Refused, match="不能通过"):
        decide(version, clerk, now)
    with pytest.raises(Refused, match="请选择"):
        decide(version, clerk, now, transitions.SUBMIT)


def test_items_wait_until_the_profile_is_confirmed(now):
    person = make_person()
    profile = make_profile(person, state=VersionState.SUBMITTED)
    version = submitted(person, now)

    with pytest.raises(Refused, match="请先审核申报人甲的个人基本信息"):
        decide(version, staff_actor(profile.employer), now)


def test_several_items_are_decided_together_or_not_at_all(person, employer, now):
    versions = [make_item(person, state=VersionState.SUBMITTED) for _ in range(3)]
    clerk = staff_actor(employer)
    arguments = {"verdict": transitions.APPROVE, "reason": "", "actor": clerk, "now": now}

    decide_items(versions=versions, expected=[1, 1, 1], **arguments)

    assert approved_versions(person).count() == 3
    told = Message.objects.get()
    assert told.title == f"单位审核通过：“{versions[0].label}”等 3 项"
    assert told.body == f"{employer.name}的审核结果是“通过”：{'、'.join(each.label for each in versions)}。"


def test_bin_keeps_an_item_for_thirty_days(person, now):
    version = save(person, now)
    actor = applicant_actor(person)
    discard_item(item=version.item, actor=actor, now=now)
    discard_item(item=version.item, actor=actor, now=now)
    item = ArchiveItem.objects.get()

    restore_item(item=item, actor=actor, now=now + timedelta(days=29))

    assert ArchiveItem.objects.get().deleted_at is None
    discard_item(item=item, actor=actor, now=now)
    item.refresh_from_db()
    with pytest.raises(Refused, match="超过 30 天"):
        restore_item(item=item, actor=actor, now=now + timedelta(days=30))
    for act in (discard_item, restore_item):
        with pytest.raises(Forbidden):
            act(item=item, actor=applicant_actor(make_person("申报人乙")), now=now)


def test_emptied_bin_keeps_what_an_employer_has_seen(person, employer, now):
    draft, seen = save(person, now), submitted(person, now)
    withdraw_item(version=seen, expected=None, actor=applicant_actor(person), now=now)
    for version in (draft, seen):
        discard_item(item=version.item, actor=applicant_actor(person), now=now)

    empty_bin(now + timedelta(days=29))
    assert ArchiveItem.objects.count() == 2
    empty_bin(now + timedelta(days=30))
    assert list(ArchiveItem.objects.all()) == [seen.item]


def test_people_are_reminded_once_a_year(person, employer, now):
    """R-042."""
    fresh = make_person("申报人乙")
    make_profile(fresh).versions.update(saved_at=now - timedelta(days=1))

    remind_of_maintenance(now)
    remind_of_maintenance(now)

    assert Message.objects.get().person == person


def keep_profile(person, now, employer=None, *, stamp="", **typed):
    return save_profile(
        typed={**PROFILE, **typed},
        employer=employer.pk if employer else None,
        photo=None,
        stamp=stamp,
        actor=applicant_actor(person),
        now=now,
    )


def send_profile(person, now, employer, **typed):
    latest = Profile.objects.filter(person=person).first()
    stamp = latest.versions.order_by("-number")[0].stamp if latest else ""
    version = keep_profile(person, now, employer, stamp=stamp, **typed)
    submit_profile(version=version, stamp=version.stamp, actor=applicant_actor(person), now=now)
    return version


def test_contact_data_is_encrypted(person, now):
    version = keep_profile(person, now)

    assert "phone" not in version.data
    assert "13800001234" in version.sensitive
    stored = type(version).objects.extra(select={"raw": "sensitive"}).values_list("raw", flat=True)[0]
    assert "13800001234" not in stored


def test_employer_must_be_authorised(person, now):
    """R-029."""
    unbound = make_organisation(state=OrganisationState.SUBMITTED)
    bureau = make_organisation(kind=OrganisationKind.HR_AUTHORITY)
    for body in (unbound, bureau):
        with pytest.raises(BadRecord) as refusal:
            keep_profile(person, now, body)
        assert "已通过授权" in refusal.value.errors["employer"]


def test_profile_is_open_until_employer_and_answers_are_there(person, now):
    """R-037."""
    agency = make_organisation(kind=OrganisationKind.PERSONNEL_AGENCY)
    bare = keep_profile(person, now, ethnicity="")
    actor = applicant_actor(person)
    with pytest.raises(BadRecord) as refusal:
        submit_profile(version=bare, stamp=None, actor=actor, now=now)
    assert sorted(refusal.value.errors) == ["employer", "ethnicity"]

    with pytest.raises(BadRecord) as refusal:
        send_profile(person, now, agency)
    assert list(refusal.value.errors) == ["employer_kind"]


def test_employer_is_named_on_submission_and_confirmed_on_approval(person, now):
    body = make_organisation()
    version = send_profile(person, now, body)
    profile = Profile.objects.get()
    assert (profile.employer, profile.is_confirmed) == (body, False)

    decide_profile(
        version=version,
        verdict=transitions.APPROVE,
        reason="",
        expected=None,
        actor=staff_actor(body),
        now=now,
    )

    profile.refresh_from_db()
    assert (profile.employer, profile.is_confirmed) == (body, True)
    assert "通过" in Message.objects.get().title


def test_rejected_move_falls_back_to_the_old_employer_and_items_follow(person, employer, now):
    item = submitted(person, now)
    other = make_organisation()
    version = send_profile(person, now, other)
    item.refresh_from_db()
    assert item.employer == other

    decide_profile(
        version=version,
        verdict=transitions.REJECT,
        reason="不是本单位人员",
        expected=None,
        actor=staff_actor(other),
        now=now,
    )

    profile = Profile.objects.get()
    item.refresh_from_db()
    assert (profile.employer, profile.is_confirmed, item.employer) == (employer, True, employer)


def test_profile_is_taken_back_and_saved_from_the_newest_page_only(person, now):
    body = make_organisation()
    version = send_profile(person, now, body)
    actor = applicant_actor(person)
    with pytest.raises(Refused, match="先撤回"):
        keep_profile(person, now, body, stamp=version.stamp, post="馆长")
    withdraw_profile(version=version, expected=None, actor=actor, now=now)
    assert Profile.objects.get().employer is None

    with pytest.raises(Refused, match="另一个页面"):
        keep_profile(person, now, body, stamp="1.0", post="馆长")
    version.refresh_from_db()
    assert keep_profile(person, now, body, stamp="1.0").pk == version.pk  # nothing new is no conflict
    kept = keep_profile(person, now, body, stamp=version.stamp, post="馆长")
    assert kept.data["post"] == "馆长"
    with pytest.raises(Refused, match="另一个页面"):
        submit_profile(version=kept, stamp="1.0", actor=actor, now=now)


def test_profile_is_filled_and_sent_only_by_its_person(person, now):
    body = make_organisation()
    version = keep_profile(person, now, body)
    with pytest.raises(Forbidden):
        save_profile(typed={}, employer=None, photo=None, stamp="", actor=staff_actor(body), now=now)
    with pytest.raises(Forbidden):
        submit_profile(version=version, stamp=None, actor=applicant_actor(make_person("申报人乙")), now=now)
