"""From a submission to a lead that a person clears or confirms; who sees it, and who never does (issue 3 §9)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.applications import make_ready_draft, make_technician, make_world, step_of, submitted
from tests.factories.archive import make_file, make_item
from tests.factories.people import applicant_actor, sign_in
from zhiping.applications.models import Application
from zhiping.applications.operations import submit_application
from zhiping.applications.states import ApplicationState, StepState
from zhiping.jobs.models import Job
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.leads import tasks
from zhiping.leads.models import Examination, Lead, SubmissionMark
from zhiping.leads.operations import clear_lead, confirm_lead
from zhiping.leads.queries import visible_to
from zhiping.leads.states import LeadKind, LeadState

pytestmark = pytest.mark.django_db


def with_file(now, world, name, content, **paper):
    """A submitted case whose paper is proved by this file."""
    person = make_technician(world.employer, name)
    data = {"title": f"{name}的论文", "published_on": "2019-05-01", "author_role": "first", **paper}
    files = (make_file(person, name="证明.pdf", content=content),)
    make_item(person, "projects", data={"name": "窑炉改造"}, label="窑炉改造", files=files)
    make_item(
        person, "papers", data=data, label=data["title"], files=(make_file(person, name=f"{name}.pdf"),)
    )
    draft = make_ready_draft(now, world, person=person)
    pick_all(draft, now)
    return submit_application(
        application_id=draft.pk, token=f"t{draft.pk}", actor=applicant_actor(person), now=now
    )


def pick_all(draft, now):
    from zhiping.achievements.queries import approved_versions
    from zhiping.applications.operations import pick_items

    keys = [each.pk for each in approved_versions(draft.person_id)]
    version = draft.sections.get(key="achievements").version
    pick_items(
        application_id=draft.pk,
        version_ids=keys,
        version=version,
        actor=applicant_actor(draft.person),
        now=now,
    )


def examine_all():
    tasks.look(Application.objects.latest("pk").submitted_at)
    for job in Job.objects.filter(kind="leads.examine", done_at=None).order_by("pk"):
        tasks.examine(**job.payload)


@pytest.fixture
def twins(now):
    """Two people of one unit with the same proof and the same first authorship; the desks between."""
    world = make_world(now)
    first = with_file(now, world, "申报人甲", b"%PDF-1.4 same", title="窑变的控制")
    second = with_file(now, world, "申报人乙", b"%PDF-1.4 same", title="窑变的控制")
    examine_all()
    return world, first, second


def test_the_same_file_and_paper_of_two_people_are_leads_on_the_later_case(twins):
    _, first, second = twins

    assert set(Lead.objects.values_list("application_id", "other_id")) == {(second.pk, first.pk)}
    assert set(Lead.objects.values_list("kind", flat=True)) == {LeadKind.FILE, LeadKind.PAPER}


def test_looking_again_finds_nothing_new(twins):
    before = (Lead.objects.count(), SubmissionMark.objects.count(), Examination.objects.count())
    Job.objects.all().delete()
    examine_all()

    assert (Lead.objects.count(), SubmissionMark.objects.count(), Examination.objects.count()) == before


def test_ones_own_files_in_two_applications_are_no_lead(now):
    world = make_world(now)
    case = submitted(now, world)
    examine_all()

    assert SubmissionMark.objects.filter(application=case).exists()
    assert not Lead.objects.exists()


def test_a_lead_is_for_the_bodies_on_the_way_and_for_nobody_else(twins):
    """Neither the person nor the employer learns of it; the county sees it when the case has come there."""
    world, _, second = twins

    for actor in (applicant_actor(second.person), world.clerk, world.county_officer, world.officer):
        assert not visible_to(actor).exists()


def arrived(world, case):
    """The case has come to the county's desk."""
    case.steps.filter(pk=step_of(case).pk).update(state=StepState.PASSED)
    case.steps.filter(organisation=world.county).update(state=StepState.OPEN, opened_at=case.submitted_at)


def test_a_person_clears_it_with_a_reason_and_nothing_follows_by_itself(twins, now):
    world, _, second = twins
    arrived(world, second)
    officer = world.county_officer
    lead = visible_to(officer).filter(kind=LeadKind.FILE).get()

    with pytest.raises(Refused, match="理由"):
        clear_lead(lead=lead, reason=" ", version=1, actor=officer, now=now)
    clear_lead(lead=lead, reason="同一集体项目的证明", version=1, actor=officer, now=now)
    with pytest.raises(Refused):
        confirm_lead(lead=lead, reason="反悔", version=1, actor=officer, now=now)

    lead.refresh_from_db()
    second.refresh_from_db()
    assert (lead.state, lead.reason) == (LeadState.CLEARED, "同一集体项目的证明")
    assert second.state == ApplicationState.IN_REVIEW


def test_the_employer_cannot_decide(twins, now):
    world, *_ = twins
    lead = Lead.objects.select_related("application", "other").first()

    for actor in (world.clerk, applicant_actor(lead.other.person)):
        with pytest.raises(Forbidden):
            clear_lead(lead=lead, reason="没事", version=1, actor=actor, now=now)
    assert Lead.objects.get(pk=lead.pk).reason == ""


def test_pages_show_the_other_case_only_to_whom_it_belongs(twins):
    world, _, second = twins
    arrived(world, second)
    lead = Lead.objects.filter(kind=LeadKind.FILE).get()
    client = Client()
    sign_in(client, world.county_officer)
    place = reverse("authority:leads:show", args=[lead.pk])

    shown = client.get(place).text
    assert "申报人乙" in shown
    assert "申报人甲" not in shown
    assert "不在您的办理范围" in shown
    assert client.post(place, {"version": 1, "outcome": "clear", "reason": ""}).status_code == 422
    assert (
        client.post(place, {"version": 1, "outcome": "confirm", "reason": "同一份扫描件"}).status_code == 302
    )
    assert "线索属实" in client.get(reverse("authority:leads:list")).text
    stranger = Client()
    sign_in(stranger, world.officer)
    assert stranger.get(reverse("committee:leads:show", args=[lead.pk])).status_code == 404


def test_a_future_date_is_a_lead_about_one_case(now):
    world = make_world(now)
    person = make_technician(world.employer)
    day = (now + timedelta(days=40)).date().isoformat()
    make_item(person, "honours", data={"name": "先进", "granted_on": day, "level": "county"}, label="先进")
    draft = make_ready_draft(now, world, person=person)
    pick_all(draft, now)
    submit_application(application_id=draft.pk, token="t", actor=applicant_actor(person), now=now)
    examine_all()

    lead = Lead.objects.get()
    assert (lead.kind, lead.other) == (LeadKind.DATES, None)
    assert day in lead.sentence
