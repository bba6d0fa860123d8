"""Areas 1 and 3: who takes part and what the archive is to an application, from the test ideas (R-012…R-103)."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.factories.applications import make_draft, make_technician, make_world, step_of, submitted
from tests.factories.archive import make_item
from tests.factories.committees import World, expert_actor, make_application
from tests.factories.people import applicant_actor, make_organisation, make_region
from tests.factories.plans import make_office, make_pack_version, make_plan, open_around
from zhiping.achievements.models import ArchiveItem
from zhiping.applications.models import Application
from zhiping.applications.operations import pick_items, return_case, start_application
from zhiping.applications.queries import draft_of
from zhiping.applications.reasons import Reason
from zhiping.applications.states import ApplicationState
from zhiping.committees.operations import meeting as meetings
from zhiping.committees.queries import cases_visible_to
from zhiping.kernel.errors import Refused
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.chain import chain_of
from zhiping.plans.rules import rules_of
from zhiping.policy_engine import load_pack
from zhiping.policy_engine.demands import materials_for

pytestmark = pytest.mark.django_db
LISHUI = "lishui-2021-arts-and-crafts-intermediate-junior"
QINGTIAN, LIANDU = "331121", "331102"


def plan_of(slug):
    pack = load_pack(settings.POLICY_PACKS / slug)
    return make_plan(version=make_pack_version(pack.text, slug=slug), office=make_office())


@pytest.mark.parametrize(("county", "recommends"), [(QINGTIAN, True), (LIANDU, False)])
def test_a_lower_committee_recommends_only_where_there_is_one(county, recommends):
    """R-012: 青田 has a junior committee for crafts, 莲都 has none."""
    make_region(county)
    make_organisation(kind=OrganisationKind.HR_AUTHORITY, region=county)
    make_organisation(
        "工艺美术初级职务评审委员会办公室", kind=OrganisationKind.COMMITTEE_OFFICE, region=county
    )
    plan = plan_of(LISHUI)

    steps = chain_of(rules_of(plan), plan, make_organisation(region=county))

    assert ("lower_committee" in [step.key for step in steps]) is recommends


def test_an_expert_reads_a_case_only_after_its_publicity_ended_clean(now):
    """R-015: a case still in publicity cannot be put before the meeting, so no expert is shown it."""
    world = World(now)
    opened = world.session(cases=1)
    expert = expert_actor(opened.seats.first().member)
    running = make_application(world.plan, state=ApplicationState.PRE_REVIEW_PUBLICITY)

    with pytest.raises(Refused):
        meetings.add_cases(meeting=opened, applications=[running], actor=world.clerk, now=now)
    seen = set(cases_visible_to(expert).values_list("application_id", flat=True))

    assert seen == set(opened.cases.values_list("application_id", flat=True))
    assert seen
    assert running.pk not in seen


def test_the_archive_needs_no_application_and_serves_several(now):
    """R-038: records exist before any application; two applications cite the same one."""
    world = make_world(now)
    person = make_technician(world.employer)
    paper = make_item(person, "papers", data={"title": "窑温记录", "published_on": "2019-05-01"})
    assert ArchiveItem.objects.filter(person=person).count() > 0
    assert not Application.objects.exists()

    drafts = [make_draft(now, world, person=person), _second_draft(now, world, person)]
    for draft in drafts:
        pick_items(
            application_id=draft.pk, version_ids=[paper.pk], version=0, actor=applicant_actor(person), now=now
        )

    for draft in drafts:
        cited = draft_of(Application.objects.get(pk=draft.pk)).sections["achievements"]
        assert str(paper.pk) in str(cited)


def _second_draft(now, world, person):
    other = open_around(now, office=world.office, slug="second-plan")
    return start_application(plan=other, title=other.titles.first(), actor=applicant_actor(person), now=now)


@pytest.mark.parametrize(("in_province", "asked"), [(True, False), (False, True)])
def test_nothing_is_asked_for_what_the_system_knows(in_province, asked):
    """R-103: insured in the province, no proof is asked; insured elsewhere, one is."""
    pack = load_pack(settings.POLICY_PACKS / LISHUI)

    uploads = {
        each["id"]
        for each in materials_for(pack, "工艺美术师", "normal", {"insured_in_province": in_province})
        if each["how"] == "upload" and each["state"] == "needed"
    }

    assert ("insurance_elsewhere" in uploads) is asked
    assert "insurance_record" not in uploads


def test_a_return_for_bad_material_moves_no_closing_date(now):
    """R-344: person and unit bear what their material costs; the reason is on record and the window stays."""
    world = make_world(now)
    application = submitted(now, world)
    before = list(world.plan.windows.values_list("step", "closes_at"))
    step = step_of(application)
    reason = Reason(place="form:self_report", code="I-04", wrong="材料模糊不清", fix="请重新扫描")

    return_case(
        step=step, reasons=[reason], version=step.version, actor=world.clerk, now=now + timedelta(hours=1)
    )

    assert list(world.plan.windows.values_list("step", "closes_at")) == before
    assert application.remarks.get().wrong == "材料模糊不清"
