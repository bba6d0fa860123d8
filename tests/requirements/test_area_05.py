"""Area 5, the wizard: words on its buttons, the length of 本人述职, a title one holds already (R-072, R-089, R-397)."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.applications import make_ready_draft, make_technician, make_world
from tests.factories.archive import make_item
from tests.factories.people import applicant_actor
from zhiping.applications.assessment import assess
from zhiping.applications.characters import count_characters
from zhiping.applications.operations import pick_items
from zhiping.applications.queries import draft_of, draft_to_edit
from zhiping.policy_engine import load_pack

ROOT = Path(__file__).resolve().parents[2] / "zhiping"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "warned"), [("assistant", False), ("intermediate", True), ("senior_associate", True)]
)
def test_a_title_that_is_not_below_the_wanted_one_is_pointed_out(now, level, warned):
    """R-072: a warning, never a bar."""
    world = make_world(now)
    person = make_technician(world.employer)
    make_item(person, "titles", data={"title": "某师", "level": level, "obtained_on": "2016-01-01"})
    application = make_ready_draft(now, world, person=person)
    version = application.sections.get(key="achievements").version
    actor = applicant_actor(person)
    pick_items(application_id=application.pk, version_ids=[], version=version, actor=actor, now=now)

    points = [
        each
        for each in assess(draft_of(draft_to_edit(application.pk)), now).points
        if "已有“某师”" in each.sentence
    ]
    assert bool(points) is warned
    assert not any(point.must for point in points)


def test_a_thousand_characters_without_white_space():
    """R-089, R-090, C-61: 安吉 prints 1000, 浙江 prints nothing; punctuation counts, white space does not."""
    most = load_pack(settings.POLICY_PACKS / "anji-2021-08-water-engineering").data["self_report"][
        "max_characters"
    ]
    senior = load_pack(settings.POLICY_PACKS / "zhejiang-2021-arts-and-crafts-senior").data["self_report"]

    assert count_characters("述，" * 500 + " \n　\t") == most == 1000
    assert count_characters("𠮷" * 1001) == 1001
    assert senior["max_characters"] is None


@pytest.mark.parametrize(
    "words",
    ["保存", "下一步", "马上申报", "通过", "不通过", "退回", "报送", "公示表", "业绩档案", "个人基本信息"],
)
def test_words_of_the_notices_stand_on_the_pages(words):
    """R-397: as printed, in some template or on some page's button."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.rglob("*.html")]

    assert any(words in text for text in texts)
