"""From a draft to the first desk: every exit of starting, submitting, withdrawing."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.applications import (
    audited,
    make_draft,
    make_ready_draft,
    make_technician,
    make_world,
    submitted,
)
from tests.factories.archive import make_profile
from tests.factories.people import applicant_actor, make_person, staff_actor
from zhiping.achievements.models import ItemVersion
from zhiping.applications.canonical import sha256_of
from zhiping.applications.models import Application, Snapshot, Step
from zhiping.applications.operations import (
    save_section,
    start_application,
    submit_application,
    withdraw_application,
)
from zhiping.applications.states import ApplicationState, SectionKey, StepState
from zhiping.auditlog.queries import breaks, history_of
from zhiping.jobs.models import Job
from zhiping.kernel.clock import end_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db


def submit(draft, now, token="token-1", actor=None):
    actor = actor or applicant_actor(draft.person)
    return submit_application(application_id=draft.pk, token=token, actor=actor, now=now)


def test_start_twice_gives_the_same_draft(now):
    world = make_world(now)
    first = make_draft(now, world)

    assert make_draft(now, world, person=first.person) == first
    assert list(history_of(first).values_list("verb", flat=True)) == ["application.start"]


def test_start_in_a_closed_plan_is_refused(now):
    """R-079."""
    world = make_world(now)

    with pytest.raises(Refused, match="不在申报时间内"):
        make_draft(now + timedelta(days=30), world)


def test_start_without_approved_archive_is_refused(now):
    """R-040."""
    world, person = make_world(now), make_person()
    make_profile(person, world.employer)

    with pytest.raises(Refused, match="业绩档案还没有经单位审核通过"):
        make_draft(now, world, person=person)


def test_start_for_a_body_is_forbidden(now):
    world = make_world(now)

    with pytest.raises(Forbidden):
        start_application(plan=world.plan, title=world.plan.titles.first(), actor=world.clerk, now=now)


def test_second_live_application_is_impossible(now):
    """R-398: the database itself refuses it."""
    world = make_world(now)
    first = make_draft(now, world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            person=first.person,
            plan=first.plan,
            title=first.title,
            created_at=now,
            state=ApplicationState.DRAFT,
        )


def test_submit_freezes_pins_and_opens_the_first_desk(now):
    world = make_world(now)
    application = submitted(now, world)
    application.refresh_from_db()

    snapshot = Snapshot.objects.get(application=application)
    steps = list(Step.objects.filter(application=application))
    assert application.state == ApplicationState.IN_REVIEW
    assert application.pack_version == world.plan.pack_version
    assert snapshot.sha256 == sha256_of(snapshot.content)
    assert [(step.key, step.state) for step in steps] == [
        ("unit", StepState.OPEN),
        ("county_hr", StepState.WAITING),
        ("office", StepState.WAITING),
    ]
    assert steps[0].due_at == world.plan.windows.get(step="unit").closes_at
    assert Job.objects.get(kind="applications.print_receipt").payload["attempt"] == 1
    assert Message.objects.get(person=application.person).key == "application.submitted"
    assert list(breaks()) == []


def test_snapshot_keeps_what_was_said_then(now):
    """R-399: later edits of the archive do not change what was submitted."""
    application = submitted(now, make_world(now))
    ItemVersion.objects.filter(item__category="papers").update(data={"title": "改过的"})

    content = json.loads(Snapshot.objects.get(application=application).content)
    paper = next(item for item in content["items"] if item["category"] == "papers")
    assert paper["data"]["title"] == "窑温记录"
    assert content["verdict"]["chosen"]["verdict"] == "eligible"
    assert application.person.document_number not in Snapshot.objects.get().content


def test_submit_twice_with_one_token_is_one_act(now):
    """R-398."""
    draft = make_ready_draft(now, make_world(now))
    first, second = submit(draft, now), submit(draft, now)

    assert first == second
    assert Snapshot.objects.count() == 1
    assert Step.objects.filter(state=StepState.OPEN).count() == 1
    assert Message.objects.count() == 1


def test_submit_again_with_another_token_is_refused(now):
    draft = make_ready_draft(now, make_world(now))
    submit(draft, now)

    with pytest.raises(Refused, match="审核中"):
        submit(draft, now, token="token-2")


def test_submit_by_somebody_else_is_forbidden(now):
    world = make_world(now)
    draft = make_ready_draft(now, world)

    for actor in (
        applicant_actor(make_person("旁人")),
        world.clerk,
        staff_actor(world.employer, person=draft.person),
    ):
        with pytest.raises(Forbidden):
            submit(draft, now, actor=actor)


def test_submit_ends_with_the_last_day(now):
    """C-39, R-304: 24:00 Beijing time of the printed day."""
    world = make_world(now)
    closes = world.plan.windows.get(step="applicant").closes_at
    late, timely = make_ready_draft(now, world, "申报人乙"), make_ready_draft(now, world, "申报人丙")

    with pytest.raises(Refused, match="逾期不再受理"):
        submit(late, closes)
    assert submit(timely, closes - timedelta(seconds=1), token="t").state == ApplicationState.IN_REVIEW
    late.refresh_from_db()
    assert late.state == ApplicationState.DRAFT


@pytest.mark.parametrize(
    ("key", "word"),
    [
        (SectionKey.PHOTO, "证件照"),
        (SectionKey.INTEGRITY, "个人承诺"),
        (SectionKey.FORM, "申报方式"),
        (SectionKey.ACHIEVEMENTS, "业绩"),
    ],
)
def test_submit_with_an_empty_page_is_refused(now, key, word):
    """R-087, R-099, R-101."""
    draft = make_ready_draft(now, make_world(now))
    draft.sections.filter(key=key).delete()

    with pytest.raises(Refused, match=word):
        submit(draft, now)
    draft.refresh_from_db()
    assert (draft.state, Step.objects.count(), Snapshot.objects.count()) == (ApplicationState.DRAFT, 0, 0)


@pytest.mark.parametrize(("length", "passes"), [(1000, True), (1001, False)])
def test_self_report_has_at_most_1000_characters(now, length, passes):
    """R-089, C-61: white space is not counted."""
    draft = make_ready_draft(now, make_world(now), self_report="字 \n" * length)

    if passes:
        assert submit(draft, now).state == ApplicationState.IN_REVIEW
    else:
        with pytest.raises(Refused, match="1001 字，超过 1000 字"):
            submit(draft, now)


def test_submit_by_a_way_that_is_shut_is_refused_with_the_clause(now):
    draft = make_ready_draft(now, make_world(now), pathway="exceptional")

    with pytest.raises(Refused, match="破格"):
        submit(draft, now)


def test_withdraw_a_draft_then_begin_again(now):
    world = make_world(now)
    draft = make_draft(now, world)
    withdraw_application(application_id=draft.pk, actor=applicant_actor(draft.person), now=now)

    again = make_draft(now, world, person=draft.person)
    assert again != draft
    draft.refresh_from_db()
    assert draft.state == ApplicationState.WITHDRAWN


def test_withdraw_until_the_employer_has_begun(now):
    world = make_world(now)
    early, late = submitted(now, world, "申报人乙"), audited(now, world, "申报人丙")

    withdraw_application(application_id=early.pk, actor=applicant_actor(early.person), now=now)
    with pytest.raises(Refused, match="已经开始审核"):
        withdraw_application(application_id=late.pk, actor=applicant_actor(late.person), now=now)
    with pytest.raises(Forbidden):
        withdraw_application(application_id=late.pk, actor=world.clerk, now=now)


def test_submit_takes_few_queries_however_much_is_picked(now, django_assert_max_num_queries):
    world = make_world(now)
    few, many = make_ready_draft(now, world, "申报人乙"), make_ready_draft(now, world, "申报人丙")
    section = many.sections.get(key=SectionKey.ACHIEVEMENTS)
    items = section.data["items"]
    section.data = {
        "items": items + [{**items[-1], "item": 10**6 + n, "version": 10**6 + n} for n in range(60)]
    }
    section.save()

    counts = []
    for draft in (few, many):
        actor = applicant_actor(draft.person)
        with django_assert_max_num_queries(15) as asked:
            submit(draft, now, token=f"t{draft.pk}", actor=actor)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_technician_draft_is_eligible_only_with_its_archive(now):
    """The judge reads pinned archive versions: without the certificate the way is shut."""
    world = make_world(now)
    person = make_technician(world.employer)
    ItemVersion.objects.filter(item__person=person, item__category="skills").delete()
    draft = make_ready_draft(now, world, person=person)

    with pytest.raises(Refused, match="技师"):
        submit(draft, now)


def test_section_save_from_two_tabs_shows_both(now):
    from zhiping.applications.operations import Overwritten

    draft = make_draft(now, make_world(now))
    actor = applicant_actor(draft.person)
    save = {"application_id": draft.pk, "key": SectionKey.FORM, "actor": actor, "now": now}
    save_section(data={"self_report": "甲窗口"}, version=0, **save)

    with pytest.raises(Overwritten) as refusal:
        save_section(data={"self_report": "乙窗口"}, version=0, **save)
    assert (refusal.value.stored["self_report"], refusal.value.version) == ("甲窗口", 1)
    assert save_section(data={"self_report": "乙窗口"}, version=1, **save).version == 2


def test_submitted_draft_is_shut(now):
    """R-293: no page can be written while the case is on a desk."""
    application = submitted(now, make_world(now))

    with pytest.raises(Refused, match="不能修改"):
        save_section(
            application_id=application.pk,
            key=SectionKey.FORM,
            data={},
            version=1,
            actor=applicant_actor(application.person),
            now=now,
        )


def test_deadline_of_the_last_day_is_midnight(now):
    world = make_world(now)
    window = world.plan.windows.get(step="applicant")

    assert window.closes_at == end_of(window.closes_at.date())
