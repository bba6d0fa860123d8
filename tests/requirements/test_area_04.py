"""Area 4, plans: the notices loaded as they are printed (R-057…R-078), from the test ideas."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from zhiping.kernel.clock import BEIJING
from zhiping.plans.models import Plan
from zhiping.plans.operations import load_notice
from zhiping.plans.queries import filtered, is_open
from zhiping.plans.states import PlanState
from zhiping.policy_engine import load_pack

SENIOR = "zhejiang-2021-arts-and-crafts-senior"
FULL = "zhejiang-2021-arts-and-crafts-senior-full"
HANGZHOU = "hangzhou-2020-arts-and-crafts-intermediate"
LISHUI = "lishui-2021-arts-and-crafts-intermediate-junior"
JIAXING = "jiaxing-2022-engineering-intermediate-junior"
OVERLAY = "hangzhou-2021-arts-and-crafts-senior"
SLUGS = (SENIOR, FULL, HANGZHOU, LISHUI, JIAXING, OVERLAY)
PACKS = sorted(settings.POLICY_PACKS.glob("[a-z]*/pack.yaml"))


@pytest.fixture
def plans(db, now):
    for slug in SLUGS:
        load_notice(folder=settings.POLICY_PACKS / slug, now=now)
    return {plan.slug: plan for plan in Plan.objects.all()}


@pytest.mark.django_db
def test_plans_are_listed_by_level(plans):
    """R-057, R-058: a senior plan is not found under 中级职称评审."""
    senior = set(filtered(Plan.objects.all(), level="senior").values_list("slug", flat=True))
    middle = set(filtered(Plan.objects.all(), level="intermediate").values_list("slug", flat=True))

    assert senior == {SENIOR, FULL, OVERLAY}
    assert middle == {HANGZHOU, LISHUI, JIAXING}


def test_plans_are_named_as_printed():
    """R-059."""
    assert load_pack(settings.POLICY_PACKS / SENIOR).name == "2021年度高级工艺美术师职务任职资格申报计划"
    assert load_pack(settings.POLICY_PACKS / FULL).name == "2021年度正高级工艺美术师职务任职资格申报计划"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "last"),
    [
        (SENIOR, date(2022, 4, 10)),
        (FULL, date(2022, 3, 27)),
        (LISHUI, date(2021, 12, 12)),
        (JIAXING, date(2022, 8, 31)),
    ],
)
def test_windows_close_at_midnight_also_on_days_off(plans, slug, last):
    """R-062, R-297, R-298, R-300, R-301, C-39, C-40: Sundays are not moved; 24:00 Beijing time is too late."""
    plan = plans[slug]
    plan.state = PlanState.OPEN
    midnight = datetime(last.year, last.month, last.day, tzinfo=BEIJING) + timedelta(days=1)

    assert is_open(plan, midnight - timedelta(seconds=1))
    assert not is_open(plan, midnight)


@pytest.mark.django_db
def test_the_year_of_a_plan_is_its_own(plans):
    """R-064: the round of 2021 runs in 2022 and counts to the end of 2021."""
    plan = plans[SENIOR]

    assert (plan.year, plan.cutoff_on) == (2021, date(2021, 12, 31))
    assert {window.closes_at.year for window in plan.windows.exclude(closes_at=None)} == {2022}


@pytest.mark.django_db
def test_a_city_adds_dates_and_takes_none_away(plans):
    """R-077, R-390: 杭州 collects paper until 2022-04-26; the province's 2022-05-12 stays in its own plan."""

    def days(slug):
        return {
            str((w.closes_at - timedelta(seconds=1)).astimezone(BEIJING).date())
            for w in plans[slug].windows.all()
        }

    assert "2022-04-26" in days(OVERLAY)
    assert "2022-05-12" in days(SENIOR)
    assert "2022-04-26" not in days(SENIOR)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "names", "missing"),
    [
        (SENIOR, ["申报高级工艺美术师职务任职资格评审材料填报要求", "直接申报专家推荐表"], False),
        (LISHUI, ["个人申报网上操作流程", "用人单位审核操作流程"], True),
        (JIAXING, ["申报人员网上申报办法", "申报工程技术中初级资格有关材料要求"], True),
    ],
)
def test_each_named_attachment_is_listed(client, plans, slug, names, missing):
    """R-060, R-366: what was not supplied says so and is no dead link."""
    page = client.get(f"/plans/{slug}/").content.decode()

    for name in names:
        assert name in page
        assert f">{name}</a>" not in page
    assert ("通知提到，但没有提供" in page) is missing


def test_economists_of_the_middle_level_sit_an_exam():
    """R-071, R-164: 经济 has no review below the senior level."""
    pack = load_pack(settings.POLICY_PACKS / "anji-2021-17-economics")

    assert {title["level"] for title in pack.titles} <= {"senior_associate", "senior_full"}


def test_titles_stand_in_order():
    """R-072: each plan's title stands at the level its name says."""
    levels = {"助理": "assistant", "正高级": "senior_full", "高级": "senior_associate"}
    for slug in SLUGS:
        for title in load_pack(settings.POLICY_PACKS / slug).titles:
            start = next((word for word in levels if title["name"].startswith(word)), None)
            assert title["level"] == levels.get(start, "intermediate")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_one_trip_is_enough_and_only_the_forms_are_paper(path):
    """R-078, R-306, R-314: nothing but 评审表 and the post form is asked for on paper; it is brought once."""
    pack = load_pack(path)
    paper = [each for each in pack.data.get("materials") or () if each["how"] == "paper"]

    names = {each["name"].partition("（")[0][-3:] for each in paper}  # one form may be named per kind of unit
    assert names <= {"评审表", "信息表"}


def named(value):
    """Every mapping in a pack."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from named(each)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_contacts_name_roles_and_bodies_only(path):
    """R-365, R-401: no contact, signature or office of a pack carries a person."""
    allowed = {"id", "role", "organisation", "phones", "address", "channel", "subject", "cite", "reading",
               "note", "before", "assumed", "email", "website"}  # fmt: skip
    data = load_pack(path).data
    for contact in data.get("contacts") or ():
        assert set(contact) <= allowed
    keys = {key for each in named(data) for key in each}
    assert not keys & {"contact_name", "person_name", "联系人", "contact_person"}
