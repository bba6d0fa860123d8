"""What a finding does: before submitting, before the vote, before the certificate, and to what is there (R-339…R-342)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from tests.factories.applications import forwarded, make_ready_draft, make_world, step_of, submitted
from tests.factories.committees import World
from tests.factories.integrity import bar, confirmed, finding_about, make_authority, officer
from tests.factories.people import applicant_actor
from zhiping.applications.assessment import assess
from zhiping.applications.attesting import desk_facts
from zhiping.applications.facts import facts_of
from zhiping.applications.models import Application
from zhiping.applications.operations import pass_step, submit_application
from zhiping.applications.queries import draft_of, draft_to_edit
from zhiping.applications.states import ApplicationState, StepState
from zhiping.certificates.consequences import enforce_record
from zhiping.committees.models import Round
from zhiping.committees.operations.voting import open_rounds
from zhiping.integrity.models import IntegrityRecord
from zhiping.integrity.operations import propose_record
from zhiping.integrity.sanction import FINDING
from zhiping.integrity.states import RecordState
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.policy_engine import load_pack

pytestmark = pytest.mark.django_db


def submit(draft, now):
    return submit_application(
        application_id=draft.pk, token="t", actor=applicant_actor(draft.person), now=now
    )


def points(application, now):
    return [
        point
        for point in assess(draft_of(draft_to_edit(application.pk)), now).points
        if point.field == "record"
    ]


def test_a_bar_for_the_level_keeps_from_submitting(now):
    """R-340: said on the check page with days and basis, and refused at the act."""
    draft = make_ready_draft(now, make_world(now))
    confirmed(now, draft.person, sanction=bar((draft.title.level,)))

    assert [point.must for point in points(draft, now)] == [True]
    with pytest.raises(Refused, match="2026-01-01 至 2028-12-31"):
        submit(draft, now)
    assert Application.objects.get(pk=draft.pk).state == ApplicationState.DRAFT


def test_a_bar_for_other_levels_is_shown_and_lets_pass(now):
    """C-53: the literal reading bars senior titles only; the record stays visible."""
    draft = make_ready_draft(now, make_world(now))
    confirmed(now, draft.person)

    assert [point.must for point in points(draft, now)] == [False]
    assert submit(draft, now).state == ApplicationState.IN_REVIEW


def test_an_old_record_says_and_bars_nothing(now):
    draft = make_ready_draft(now, make_world(now))
    confirmed(now, draft.person, sanction=bar((draft.title.level,)), plan_year=2020)

    assert points(draft, now) == []
    assert submit(draft, now).state == ApplicationState.IN_REVIEW


def enforce(now, application, actor=None):
    body = make_authority()
    record = propose_record(
        finding=finding_about(application.person, application), sanction=bar(), actor=officer(body), now=now
    )
    enforce_record(record=record, decision="属实", version=1, actor=actor or officer(body), now=now)
    return record


def test_fraud_returns_the_material_for_good(now):
    """R-339: the case at the county ends; nobody passes it on, its person cannot submit it again; it stays on file."""
    world = make_world(now)
    case, later = forwarded(now, world)
    step = step_of(case)
    record = enforce(later, case)

    case.refresh_from_db()
    step.refresh_from_db()
    assert (case.state, step.state) == (ApplicationState.EXPELLED, StepState.REFUSED)
    assert record.state == RecordState.IN_FORCE
    with pytest.raises(Refused):
        submit_application(
            application_id=case.pk, token="again", actor=applicant_actor(case.person), now=later
        )
    with pytest.raises(Refused):
        pass_step(step=step, opinion="同意", version=step.version, actor=world.county_officer, now=later)


def test_a_case_before_the_committee_is_not_torn_out_of_the_vote(now):
    """All or nothing: the record stays proposed when its consequence is refused."""
    world = World(now)
    case = world.session(cases=1).cases.get().application

    with pytest.raises(Refused, match="评审会议"):
        enforce(now, case)
    assert IntegrityRecord.objects.get().state == RecordState.PROPOSED


def test_nobody_votes_on_who_is_barred(now):
    world = World(now)
    meeting = world.session(cases=2)
    barred = meeting.cases.first().application
    confirmed(now, barred.person, sanction=bar((barred.title.level,)))

    with pytest.raises(Refused, match="不能表决"):
        open_rounds(meeting=meeting, actor=world.clerk, now=now)
    assert not Round.objects.exists()


def test_the_named_person_is_never_judged_by_themselves(now):
    case = submitted(now, make_world(now))
    body = make_authority()
    own = officer(body)
    record = propose_record(finding=finding_about(case.person, case), sanction=bar(), actor=own, now=now)
    with pytest.raises(Forbidden):
        enforce_record(record=record, decision="属实", version=1, actor=own, now=now)
    case.refresh_from_db()
    assert case.state == ApplicationState.IN_REVIEW


def test_a_record_is_the_fact_that_the_packs_ask_for(now):
    """R-117: 嘉兴 shuts every level while a record holds, the last day counts; nobody types it at a desk."""
    pack = load_pack(settings.POLICY_PACKS / "jiaxing-2022-engineering-intermediate-junior")
    case = submitted(now, make_world(now))
    record = confirmed(now, case.person, sanction=bar((), starts=FINDING))
    draft = replace(draft_of(draft_to_edit(case.pk)), pack=pack)

    told = facts_of(draft, day=record.ends_on)
    assert (told["debarred_until"], told["sources"]["debarred_until"]) == (record.ends_on, "诚信档案")
    assert "debarred_until" not in facts_of(draft, day=record.ends_on + timedelta(days=1))
    assert "debarred_until" not in desk_facts(pack)
