"""Records: two people to make one, three to lift one; days, scope, appeal (R-340, R-343, C-53, C-54)."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.factories.integrity import (
    bar,
    confirmed,
    finding_about,
    make_authority,
    officer,
    official_of,
    proposed,
)
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.integrity.models import Appeal, IntegrityRecord
from zhiping.integrity.operations import (
    Finding,
    confirm_record,
    decide_appeal,
    discard_record,
    file_appeal,
    propose_record,
)
from zhiping.integrity.queries import barring, records_of, visible_to
from zhiping.integrity.sanction import FINDING, sanctions_of, standing_sanctions
from zhiping.integrity.states import AppealState, Part, RecordState
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.policy_engine import load_pack

pytestmark = pytest.mark.django_db


def test_lishui_bars_the_three_years_after_the_review_year():
    """R-340, C-53: a finding in the round of 2021 bars 2022, 2023 and 2024, for senior titles."""
    pack = load_pack(settings.POLICY_PACKS / "lishui-2021-arts-and-crafts-intermediate-junior")
    fraud = sanctions_of(pack.data)[0]

    assert fraud.term(found_on=date(2022, 5, 6), plan_year=2021) == (date(2022, 1, 1), date(2024, 12, 31))
    assert set(fraud.bars) == {"senior_full", "senior_associate"}
    assert "三（九）" in fraud.basis


def test_jiaxing_keeps_a_record_three_years_from_the_finding():
    """R-343: 2022-11-15 runs to 2025-11-14; the province's rule stands behind every plan."""
    pack = load_pack(settings.POLICY_PACKS / "jiaxing-2022-engineering-intermediate-junior")
    own, general = sanctions_of(pack.data)

    assert own.term(found_on=date(2022, 11, 15), plan_year=2022) == (date(2022, 11, 15), date(2025, 11, 14))
    assert own.bars == ()
    assert [general] == list(standing_sanctions())


def test_a_finding_holds_only_after_a_second_person_confirmed_it(now):
    record = proposed(now)
    first = official_of(record, record.recorded_by)
    assert records_of([record.person_id], now.date()) == {}

    with pytest.raises(Forbidden):
        confirm_record(record=record, decision="属实", version=1, actor=first, now=now)
    with pytest.raises(Forbidden):
        confirm_record(
            record=record, decision="属实", version=1, actor=officer(make_authority("330102")), now=now
        )
    with pytest.raises(Refused, match="复核意见"):
        confirm_record(record=record, decision=" ", version=1, actor=officer(record.recorded_for), now=now)
    confirm_record(record=record, decision="属实", version=1, actor=officer(record.recorded_for), now=now)

    assert record.state == RecordState.IN_FORCE
    assert records_of([record.person_id], now.date()) == {record.person_id: [record]}
    told = Message.objects.get(person_id=record.person_id)
    assert "伪造" not in told.body
    assert LogEntry.objects.filter(verb="integrity.confirm").count() == 1


def test_the_database_itself_wants_two_people(now):
    record = proposed(now)

    with pytest.raises(IntegrityError), transaction.atomic():
        IntegrityRecord.objects.filter(pk=record.pk).update(decided_by=record.recorded_by)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"kind": ""}, "哪一种行为"),
        ({"kind": "迟到"}, "所选依据只管"),
        ({"text": " "}, "认定的事实"),
        ({"document_number": ""}, "文号"),
        ({"part": Part.EMPLOYER}, "当事人"),
    ],
)
def test_a_finding_names_act_facts_document_and_one_subject(now, fields, word):
    """R-342: a revocation with no kind chosen is refused."""
    with pytest.raises(Refused, match=word):
        proposed(now, **fields)
    assert not IntegrityRecord.objects.exists()


def test_applicants_and_offices_cannot_propose(now):
    office = make_organisation()
    for actor in (applicant_actor(make_person()), staff_actor(office, Role.COMMITTEE_OFFICE)):
        with pytest.raises(Forbidden):
            propose_record(finding=finding_about(make_person()), sanction=bar(), actor=actor, now=now)


def test_days_decide_what_is_barred(now):
    record = confirmed(now, sanction=bar(starts=FINDING))
    last = record.ends_on

    assert last == date(2029, 3, 1)
    assert barring([record], "senior_full", last) == record
    assert barring([record], "senior_full", last + timedelta(days=1)) is None
    assert barring([record], "intermediate", last) is None
    assert records_of([record.person_id], last + timedelta(days=1)) == {}


def test_who_sees_what(now):
    """C-54: what one city confirmed every city sees; what is only proposed stays with its body."""
    waiting, standing = proposed(now), confirmed(now)
    elsewhere = officer(make_authority("330102"))
    named, other = applicant_actor(standing.person), applicant_actor(waiting.person)
    office = staff_actor(make_organisation(), Role.COMMITTEE_OFFICE)

    assert set(visible_to(officer(waiting.recorded_for))) == {waiting, standing}
    assert set(visible_to(elsewhere)) == set(visible_to(office)) == set(visible_to(named)) == {standing}
    assert set(visible_to(other)) == set()
    assert set(visible_to(staff_actor(make_organisation(), Role.EMPLOYER_CLERK))) == set()


def test_appeal_is_decided_by_a_third_person_and_lifts_the_record(now):
    record = confirmed(now)
    appeal = file_appeal(
        record=record, text="论文真实，附编辑部证明", actor=applicant_actor(record.person), now=now
    )
    again = file_appeal(record=record, text="再说一次", actor=applicant_actor(record.person), now=now)
    assert again == appeal

    for person in (record.recorded_by, record.decided_by):
        judge = official_of(record, person)
        with pytest.raises(Forbidden):
            decide_appeal(appeal=appeal, upheld=True, decision="成立", version=1, actor=judge, now=now)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decision) == (AppealState.FILED, "")
    third = officer(record.recorded_for)
    with pytest.raises(Refused, match="处理意见"):
        decide_appeal(appeal=appeal, upheld=True, decision="", version=1, actor=third, now=now)
    decide_appeal(appeal=appeal, upheld=True, decision="成立", version=1, actor=third, now=now)

    assert IntegrityRecord.objects.get().state == RecordState.LIFTED
    assert records_of([record.person_id], now.date()) == {}
    record.refresh_from_db()
    with pytest.raises(Refused, match="不需要申诉"):
        file_appeal(record=record, text="又", actor=applicant_actor(record.person), now=now)


def test_a_dismissed_appeal_leaves_the_record_and_may_be_followed_by_another(now):
    record = confirmed(now)
    actor = applicant_actor(record.person)
    appeal = file_appeal(record=record, text="不服", actor=actor, now=now)
    decide_appeal(
        appeal=appeal,
        upheld=False,
        decision="无新证据",
        version=1,
        actor=officer(record.recorded_for),
        now=now,
    )

    assert IntegrityRecord.objects.get().state == RecordState.IN_FORCE
    assert file_appeal(record=record, text="有新证据", actor=actor, now=now) != appeal
    assert Appeal.objects.count() == 2
    with pytest.raises(Forbidden):
        file_appeal(record=record, text="代人申诉", actor=applicant_actor(make_person()), now=now)


def test_a_discarded_finding_names_nobody(now):
    record = proposed(now)
    discard_record(record=record, decision="证据不足", version=1, actor=officer(record.recorded_for), now=now)

    assert set(visible_to(applicant_actor(record.person))) == set()
    assert not Message.objects.filter(person_id=record.person_id).exists()


def test_a_body_is_recorded_and_its_staff_appeal(now):
    body = make_organisation("某某有限公司")
    found = Finding(Part.EMPLOYER, "提供虚假材料", "公示未张贴", "示范人社监〔2026〕2号", organisation=body)
    authority = make_authority()
    record = propose_record(
        finding=found, sanction=standing_sanctions()[0], actor=officer(authority), now=now
    )
    confirm_record(record=record, decision="属实", version=1, actor=officer(authority), now=now)

    clerk = staff_actor(body, Role.EMPLOYER_CLERK)
    assert set(visible_to(clerk)) == {record}
    assert file_appeal(record=record, text="有照片为证", actor=clerk, now=now).record == record
