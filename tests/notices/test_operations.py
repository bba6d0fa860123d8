"""Posting, objecting, deciding, closing: each exit (R-276, R-277, R-315, R-337, C-59, C-80)."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.notices import make_objection, make_publicity
from tests.factories.people import make_membership, make_organisation, make_person, make_user, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.auditlog.queries import history_of
from zhiping.kernel.actor import ANONYMOUS, SYSTEM, Role
from zhiping.kernel.clock import BEIJING, end_of, start_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.notices.list_content import EntryContent, Report
from zhiping.notices.models import Objection, Publicity
from zhiping.notices.operations import (
    accept_objection,
    cancel_publicity,
    close_publicity,
    decide_objection,
    file_objection,
)
from zhiping.notices.queries import objection_by_code, upheld_entry_ids
from zhiping.notices.states import Channel, ObjectionState, PublicityState

pytestmark = pytest.mark.django_db


def clerk_of(publicity: Publicity):
    return staff_actor(publicity.organisation)


def last_moment(publicity: Publicity) -> datetime:
    return end_of(publicity.ends_on) - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("posted", "counts", "ends"),
    [
        # Friday before a long weekend with a make-up day on 2 April
        (date(2022, 4, 1), True, date(2022, 4, 8)),
        (date(2022, 4, 1), False, date(2022, 4, 11)),
        (date(2026, 3, 2), False, date(2026, 3, 9)),
    ],
)
def test_publicity_ends_after_working_days(posted, counts, ends):
    publicity = make_publicity(start_of(posted) + timedelta(hours=10), counts_first_day=counts)

    assert (publicity.starts_on, publicity.ends_on) == (posted, ends)


def test_publicity_freezes_entries_and_queues_sheets(now):
    publicity = make_publicity(now)

    assert [entry.name for entry in publicity.entries.all()] == ["申报人甲", "申报人乙"]
    assert len(publicity.fingerprint) == 64
    assert list(history_of(publicity).values_list("verb", flat=True)) == ["publicity.open"]


def test_publicity_shorter_than_five_days_is_refused(now):
    with pytest.raises(Refused, match="不得少于 5 个工作日"):
        make_publicity(now, working_days=4)


@pytest.mark.parametrize(("field", "word"), [("place", "地点"), ("method", "方式"), ("contact", "联系方式")])
def test_publicity_without_place_method_or_contact_is_refused(now, field, word):
    with pytest.raises(Refused, match=word) as refusal:
        make_publicity(now, **{field: "  "})

    assert refusal.value.field == field
    assert not Publicity.objects.exists()


def test_publicity_of_nobody_is_refused(now):
    with pytest.raises(Refused, match="没有可公示的人"):
        make_publicity(now, entries=[])


@pytest.mark.parametrize(
    ("text", "kind"), [("身份证330106198506010014", "身份证号码"), ("电话13800000000", "手机号码")]
)
def test_publicity_with_private_numbers_is_refused(now, text, kind):
    """R-315, C-79."""
    entry = EntryContent(1, "申报人甲", "示例单位", shown={"achievements": [text]})

    with pytest.raises(Refused, match=kind):
        make_publicity(now, entries=[entry])


def test_publicity_of_another_body_is_forbidden(now):
    with pytest.raises(Forbidden):
        make_publicity(now, make_organisation(), actor=staff_actor(make_organisation()))


def test_publicity_closes_clean_after_its_last_day(now):
    publicity = make_publicity(now)

    with pytest.raises(Refused, match="才满"):
        close_publicity(publicity=publicity, actor=SYSTEM, now=last_moment(publicity))
    close_publicity(publicity=publicity, actor=SYSTEM, now=end_of(publicity.ends_on))

    assert publicity.state == PublicityState.CLEAN


def test_objection_holds_publicity_until_decided(now):
    publicity = make_publicity(now)
    objection = make_objection(publicity, now)
    over = end_of(publicity.ends_on)

    close_publicity(publicity=publicity, actor=SYSTEM, now=over)
    assert publicity.state == PublicityState.OBJECTED

    objection.publicity = publicity
    actor = clerk_of(publicity)
    accept_objection(objection=objection, version=1, actor=actor, now=over)
    decide_objection(
        objection=objection, upheld=False, decision="已核对原件", version=2, actor=actor, now=over
    )

    publicity.refresh_from_db()
    assert (objection.state, publicity.state) == (ObjectionState.DISMISSED, PublicityState.RESOLVED)


def test_upheld_objection_names_the_subject(now):
    publicity = make_publicity(now)
    objection = make_objection(publicity, now, entry=publicity.entries.last())

    decide_objection(
        objection=objection, upheld=True, decision="年份确有误", version=1, actor=clerk_of(publicity), now=now
    )

    assert upheld_entry_ids(publicity) == {2}


def test_objection_needs_a_reasoned_decision(now):
    objection = make_objection(make_publicity(now), now)

    with pytest.raises(Refused, match="处理意见"):
        decide_objection(
            objection=objection,
            upheld=False,
            decision=" ",
            version=1,
            actor=clerk_of(objection.publicity),
            now=now,
        )


def test_objection_decided_twice_is_refused(now):
    publicity = make_publicity(now)
    objection = make_objection(publicity, now)
    actor = clerk_of(publicity)
    decide_objection(objection=objection, upheld=False, decision="不实", version=1, actor=actor, now=now)
    other = Objection.objects.select_related("publicity", "entry").get(pk=objection.pk)

    with pytest.raises(Refused, match="已被处理"):
        decide_objection(objection=other, upheld=True, decision="属实", version=1, actor=actor, now=now)

    other.refresh_from_db()
    assert (other.state, other.decision) == (ObjectionState.DISMISSED, "不实")


def test_who_is_shown_never_decides_on_it(now):
    person = make_person("申报人丙")
    organisation = make_organisation()
    entry = EntryContent(9, person.name, organisation.name, person_id=person.pk)
    publicity = make_publicity(now, organisation, entries=[entry])
    objection = make_objection(publicity, now)

    with pytest.raises(Forbidden):
        accept_objection(
            objection=objection, version=1, actor=staff_actor(organisation, person=person), now=now
        )


def test_named_objector_is_encrypted_and_not_in_the_log(now):
    publicity = make_publicity(now)
    objection = make_objection(publicity, now, is_named=True, name="反映人甲", contact="13911112222")

    raw = Objection.objects.extra(select={"cipher": "name"}).values_list("cipher", flat=True)
    assert "反映人甲" not in str(list(raw))
    assert Objection.objects.get().name == "反映人甲"
    assert "反映人甲" not in str(list(LogEntry.objects.values_list("note", "details", "actor_name")))
    assert objection.recorded_by_id is None


def test_named_objection_needs_name_and_contact(now):
    with pytest.raises(Refused, match="姓名和联系方式"):
        make_objection(make_publicity(now), now, is_named=True, name="反映人甲")


def test_objection_needs_a_fact(now):
    with pytest.raises(Refused, match="反映的事实"):
        make_objection(make_publicity(now), now, text="  ")


def test_objection_online_ends_with_the_last_day(now):
    publicity = make_publicity(now)
    make_objection(publicity, last_moment(publicity))

    with pytest.raises(Refused, match="不再受理"):
        make_objection(publicity, end_of(publicity.ends_on))


def test_letter_is_recorded_by_the_body_only(now):
    publicity = make_publicity(now)
    actor = clerk_of(publicity)

    assert (
        make_objection(publicity, now, channel=Channel.LETTER, actor=actor).recorded_by_id == actor.person_id
    )
    with pytest.raises(Forbidden):
        make_objection(publicity, now, channel=Channel.LETTER, actor=ANONYMOUS)


def test_objection_tells_the_staff_and_answers_by_code(now):
    publicity = make_publicity(now)
    clerk = make_user(name="经办人乙")
    make_membership(clerk, publicity.organisation)
    make_membership(make_user(name="旁人"), make_organisation())

    objection, code = file_objection(
        publicity=publicity,
        entry=None,
        report=Report(channel=Channel.ONLINE, text="没有在公告栏张贴"),
        link="/y/",
        actor=ANONYMOUS,
        now=now,
    )

    told = set(Message.objects.values_list("person__name", flat=True))
    assert "经办人乙" in told
    assert "旁人" not in told
    assert objection_by_code(code.lower()) == objection
    assert objection_by_code("ABCDEFGHJKLM") is None


def test_cancelled_publicity_needs_a_reason_and_takes_no_objection(now):
    publicity = make_publicity(now)
    actor = clerk_of(publicity)

    with pytest.raises(Refused, match="原因"):
        cancel_publicity(publicity=publicity, reason="", actor=actor, now=now)
    cancel_publicity(publicity=publicity, reason="名单有误", actor=actor, now=now)

    with pytest.raises(Refused, match="不再受理"):
        make_objection(publicity, now)


def test_other_bodies_cannot_cancel(now):
    with pytest.raises(Forbidden):
        cancel_publicity(
            publicity=make_publicity(now),
            reason="试",
            actor=staff_actor(make_organisation(), Role.COMMITTEE_OFFICE),
            now=now,
        )


def test_publicity_posted_on_new_years_eve_of_unknown_year_is_refused():
    with pytest.raises(Refused, match="节假日安排"):
        make_publicity(datetime(2026, 12, 30, 9, tzinfo=BEIJING))
