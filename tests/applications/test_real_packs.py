"""Every real pack can be drafted for: facts fit its vocabulary, materials and open points come out, nothing breaks."""

from pathlib import Path

import pytest

from tests.factories.applications import make_technician
from tests.factories.people import make_organisation
from tests.factories.plans import make_office, make_pack_version, make_plan
from zhiping.applications.assessment import assess
from zhiping.applications.attesting import stated_facts
from zhiping.applications.canonical import canonical_text
from zhiping.applications.draft import Draft
from zhiping.applications.facts import asked_facts
from zhiping.applications.models import Application
from zhiping.applications.promise import promise_of
from zhiping.applications.snapshot_content import content_of
from zhiping.plans.rules import rules_of
from zhiping.policy_engine.pack import load_pack

PACKS = sorted(Path("policy_packs").resolve().glob("[a-z]*/pack.yaml"))
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_draft_of_every_plan_is_assessed(now, path):
    pack = load_pack(path)
    if pack.is_abstract:
        assert not pack.data.get("windows") or pack.titles is not None
        return
    plan = make_plan(version=make_pack_version(pack.text, slug=pack.id), office=make_office())
    person = make_technician(make_organisation())
    profile = person.profile.versions.get()
    for title in plan.titles.all():
        application = Application(
            person=person, plan=plan, title=title, employer=person.profile.employer, profile_version=profile
        )
        draft = Draft(application, rules_of(plan), {})
        for way in draft.pack.pathways_for(draft.title):
            chosen = Draft(application, draft.pack, {"form": {"pathway": way.id, "self_report": "述职"}})
            judged = assess(chosen, now)
            assert judged.must
            assert all(point.sentence for point in judged.points)
            assert all(fact.question for fact in asked_facts(chosen.pack, judged.facts))
            assert set(stated_facts(chosen.pack)) <= set(chosen.pack.facts)
            assert promise_of(chosen).text
            assert canonical_text(content_of(judged, attempt=1, number="", now=now))
