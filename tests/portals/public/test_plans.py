"""Home, plan list, plan page, attachments: for everyone, without an account."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.archive import pdf_bytes
from tests.factories.people import applicant_actor, make_person, make_region, sign_in, staff_actor
from tests.factories.plans import make_office, make_pack_version, make_plan, open_around
from zhiping.files.operations import store_file
from zhiping.files.states import PDF_ONLY
from zhiping.kernel.actor import Role
from zhiping.plans.models import PlanFile
from zhiping.plans.states import PlanState

pytestmark = pytest.mark.django_db
HOME, LIST = "/", "/plans/"


def text_of(response) -> str:
    content = response.content.decode()
    assert "«undefined" not in content
    return content


@pytest.fixture(autouse=True)
def _today(at, now):
    at(now)


def test_home_shows_what_is_open_with_the_days_left(client, now):
    open_around(now, name="春天的计划")
    make_plan(state=PlanState.ARCHIVED, name="去年的计划")

    page = text_of(client.get(HOME))

    assert page.index("春天的计划") < page.index("已截止") < page.index("去年的计划")
    assert "还剩 10 天" in page
    assert "2026 年 3 月 12 日（周四）24:00" in page


def test_home_without_plans_says_so(client):
    assert "现在没有正在受理的计划" in text_of(client.get(HOME))


def test_home_shows_what_opens_soon(client, now):
    today = now.date()
    make_plan(
        days={"applicant": (today + timedelta(days=3), today + timedelta(days=30))}, state=PlanState.PUBLISHED
    )

    page = text_of(client.get(HOME))

    assert "还有 3 天" in page
    assert "即将开始" in page


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.PROPOSED])
def test_nobody_sees_a_plan_before_publication(client, now, state):
    plan = open_around(now, state=state, name="没有发布的计划")

    for url in (HOME, LIST):
        assert "没有发布的计划" not in text_of(client.get(url))
    assert client.get(f"/plans/{plan.slug}/").status_code == 404
    assert client.get(f"/plans/{plan.slug}/precheck/").status_code == 404


def test_not_even_its_own_office_sees_a_draft_on_the_public_list(client, now):
    office = make_office()
    open_around(now, state=PlanState.DRAFT, name="没有发布的计划", office=office)
    sign_in(client, staff_actor(office, Role.COMMITTEE_OFFICE))

    assert "没有发布的计划" not in text_of(client.get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level=intermediate", True),
        ("level=senior", False),
        ("series=工艺美术", True),
        ("words=工艺 申报", True),
        ("words=水利", False),
        ("region=330100", True),
        ("region=330500", False),
        ("year=2020", True),
        ("level=nonsense&year=x", True),
    ],
)
def test_the_list_is_narrowed(client, now, query, found):
    """R-058: a plan is found in the menu of its level and in no other."""
    open_around(now)
    make_plan(region=make_region("330500"), series="水利工程", name="水利计划", year=2021, title="高级工程师")

    page = text_of(client.get(f"{LIST}?{query}"))

    assert ("2020年度工艺美术师申报计划（示例）" in page) is found


@pytest.mark.parametrize("url", [HOME, LIST])
def test_lists_ask_the_same_few_questions_at_one_and_at_four_plans(
    client, now, url, django_assert_num_queries
):
    office, version = make_office(), make_pack_version()
    open_around(now, office=office, version=version)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(3):
        open_around(now, office=office, version=version)

    with django_assert_num_queries(len(one)):
        client.get(url)
    assert len(one) <= 6


def test_the_plan_page_shows_every_requirement_with_its_source(client, now):
    """R-061, R-073, R-075, R-395."""
    plan = open_around(now)

    page = text_of(client.get(f"/plans/{plan.slug}/"))

    for words in (
        "取得技师职业资格或技能等级后从事技术技能工作满3年",
        "示例发〔2019〕31号 二",
        "破格申报审批表",
        "一式 3 份，A4，水印：示例平台",
        "180 元",
        "示例费〔2007〕100号",
        "0571-80000000",
        "本人述职限1000字以内",
        "工艺美术师评审条件",
        "最晚 2026 年 3 月 19 日（周四）张贴",
        "区、县（市）人力社保部门",
        "未尽事宜另行通知",
    ):
        assert words in page
    assert "这些条件写在没有提供的文件里" in page


def test_the_last_thing_on_the_plan_page_is_the_application(client, now):
    """R-061: 马上申报 at the bottom."""
    plan = open_around(now)

    page = text_of(client.get(f"/plans/{plan.slug}/"))

    assert "马上申报" in page.split("</main>")[0][-400:]


def test_a_closed_plan_offers_no_application(client):
    plan = make_plan(state=PlanState.ARCHIVED)

    page = text_of(client.get(f"/plans/{plan.slug}/"))

    assert "现在不能申报" in page
    assert "马上申报" not in page


def test_the_plan_page_takes_few_queries(client, now, django_assert_max_num_queries):
    plan = open_around(now)
    client.get(f"/plans/{plan.slug}/")

    with django_assert_max_num_queries(8):
        client.get(f"/plans/{plan.slug}/")


def test_attachments_are_for_everyone_but_only_of_public_plans(client, now, tmp_path, settings):
    """R-060."""
    settings.MEDIA_ROOT = tmp_path
    person = make_person()
    upload = SimpleUploadedFile("填报要求.pdf", pdf_bytes())
    stored = store_file(upload=upload, owner=person, kinds=PDF_ONLY, actor=applicant_actor(person), now=now)
    shown, hidden = open_around(now), open_around(now, state=PlanState.DRAFT)
    rows = [
        PlanFile.objects.create(plan=p, title="填报要求", file=stored, position=0) for p in (shown, hidden)
    ]

    assert "填报要求" in text_of(client.get(f"/plans/{shown.slug}/"))
    sent = client.get(f"/plans/{shown.slug}/files/{rows[0].pk}/")
    assert (sent["Content-Type"], sent.getvalue()[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(f"/plans/{hidden.slug}/files/{rows[1].pk}/").status_code == 404
    assert client.get(f"/plans/{shown.slug}/files/{rows[1].pk}/").status_code == 404


def test_a_month_is_shown_as_an_indication(client):
    """R-386."""
    plan = make_plan(state=PlanState.ARCHIVED)
    plan.windows.filter(step="applicant").update(is_indicative=True)

    page = text_of(client.get(f"/plans/{plan.slug}/"))

    assert "2020 年 9 月至2020 年 10 月（通知只印了月份" in page


def test_plans_without_titles_are_legal(client, now):
    """R-384: empty cells are meaningful."""
    plan = open_around(now)
    plan.titles.all().delete()

    assert "通知的这一栏是空的" in text_of(client.get(f"/plans/{plan.slug}/"))
    assert "本计划不能预检" in text_of(client.get(reverse("public:plans:precheck", args=[plan.slug])))


def test_late_by_a_second_is_shown_as_closed(client, at, now):
    plan = open_around(now)
    close = plan.windows.get(step="applicant").closes_at
    at(close - timedelta(seconds=1))
    assert "今天截止" in text_of(client.get(f"/plans/{plan.slug}/"))

    at(datetime.fromtimestamp(close.timestamp(), tz=close.tzinfo))

    assert "现在不能申报" in text_of(client.get(f"/plans/{plan.slug}/"))


def test_a_carried_over_plan_says_that_its_own_dates_count(client, now):
    """R-063."""
    carried, printed = open_around(now, year=2026), open_around(now)

    assert "以本页公布的为准" in text_of(client.get(f"/plans/{carried.slug}/"))
    assert "以本页公布的为准" not in text_of(client.get(f"/plans/{printed.slug}/"))
