"""The pre-check: explained, without an account, storing nothing."""

import pytest

from tests.factories.plans import make_plan, open_around
from tests.portals.public.test_plans import text_of
from zhiping.auditlog.models import LogEntry
from zhiping.plans.states import PlanState

pytestmark = pytest.mark.django_db
TECHNICIAN = {
    "f.in_post": "yes",
    "f.is_civil_servant": "no",
    "f.unit_affiliation": "county",
    "f.employer_kind": "enterprise",
    "r.employment.1.from": "2015-01-01",
    "r.employment.1.employer_kind": "enterprise",
    "r.employment.1.work": "skill",
    "r.employment.1.is_related": "yes",
    "r.skills.1.skill_level": "technician",
    "r.skills.1.obtained_on": "2018-01",
}


@pytest.fixture(autouse=True)
def _today(at, now):
    at(now)


@pytest.fixture
def plan(now):
    return open_around(now)


def ask(client, plan, **answers):
    return client.post(f"/plans/{plan.slug}/precheck/", {"title": "crafts_intermediate", **answers})


def way(page: str, name: str) -> str:
    """The part of the answer about one way of applying."""
    return page.split(f"<h3>{name}</h3>")[1].split("<h3>", maxsplit=1)[0]


def test_the_form_asks_what_the_clauses_read(client, plan):
    page = text_of(client.get(f"/plans/{plan.slug}/precheck/"))

    assert "现工作单位属于哪一类" in page
    assert "取得过哪些职业资格或职业技能等级" in page
    assert "照片宽" not in page
    assert "预检结果" not in page


def test_a_technician_of_three_years_may_apply(client, plan):
    """R-128, R-108: a month counts from its first day."""
    page = text_of(ask(client, plan, **TECHNICIAN))

    assert "可以用这些方式申报：高技能人才申报" in page
    assert '<span class="tag t-ok">符合</span>' in way(page, "高技能人才申报").split("</div>")[0]


def test_a_technician_short_of_three_years_learns_the_day(client, plan):
    """R-395 and ui §9: the nearest fix and the date on which it will be met."""
    answers = TECHNICIAN | {"r.skills.1.obtained_on": "2019-06-01"}

    page = text_of(ask(client, plan, **answers))

    part = way(page, "高技能人才申报")
    assert "不符合" in part
    assert "2022" in part


def test_a_condition_in_a_document_not_supplied_is_never_met(client, plan):
    """R-074, R-396."""
    answers = TECHNICIAN | {
        "r.titles.1.title": "助理工艺美术师",
        "r.titles.1.level": "assistant",
        "r.titles.1.obtained_on": "2000-01-01",
    }
    page = text_of(ask(client, plan, **answers))

    assert "无法判断" in way(page, "正常申报").split("</div>")[0]
    assert "工艺美术师评审条件" in way(page, "正常申报")


def test_what_was_typed_stays(client, plan):
    page = text_of(ask(client, plan, **TECHNICIAN))

    assert 'value="2018-01"' in page
    assert '<option value="technician" selected>' in page


def test_one_more_row_keeps_the_others_and_judges_nothing(client, plan):
    page = text_of(ask(client, plan, more="skills", **TECHNICIAN))

    assert 'name="r.skills.2.skill_level"' in page
    assert 'value="2018-01"' in page
    assert "预检结果" not in page


def test_none_of_a_kind_is_an_answer(client, plan):
    """An empty list is known to be none: the condition is not met instead of unknown."""
    unknown = way(text_of(ask(client, plan)), "高技能人才申报").split("</div>")[0]
    none = text_of(ask(client, plan, **{"n.skills": "1", "n.employment": "1"}))

    assert "待补充" in unknown
    assert "不符合" in way(none, "高技能人才申报").split("</div>")[0]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("r.skills.1.obtained_on", "去年", "“去年”不是日期"),
        ("r.skills.1.obtained_on", "2020-02-30", "不是日期"),
        ("r.economic_results.1.year", "two", "不是整数"),
        ("r.economic_results.1.sales_cny", "5O万", "“5O万”不是数"),
        ("f.employer_kind", "martian", "不在可选的范围里"),
    ],
)
def test_what_cannot_be_read_is_named_beside_its_field(client, plan, name, value, sentence):
    response = ask(client, plan, **(TECHNICIAN | {name: value}))

    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert f'href="#{name}"' in page
    assert "<title>有错误" in page
    assert "预检结果" not in page


def test_nothing_is_stored(client, plan):
    ask(client, plan, **TECHNICIAN)

    assert not LogEntry.objects.exists()
    assert "sessionid" not in client.cookies


def test_in_a_closed_plan_only_the_conditions_are_judged(client):
    plan = make_plan(state=PlanState.ARCHIVED)

    page = text_of(ask(client, plan, **TECHNICIAN))

    assert "没有判断申报时间" in page
    assert "可以用这些方式申报" in page


def test_markup_in_an_answer_stays_text(client, plan):
    page = text_of(ask(client, plan, **{"r.titles.1.title": "<script>alert(1)</script>"}))

    assert "<script>alert(1)" not in page


def test_absurd_numbers_of_rows_are_cut(client, plan):
    answers = {f"r.titles.{number}.title": "工程师" for number in range(200)}

    page = text_of(ask(client, plan, **answers))

    assert page.count('name="r.titles.') <= 31 * 10


def test_what_binds_every_way_is_listed_once(client, plan):
    page = text_of(ask(client, plan, **TECHNICIAN))

    assert page.split("预检结果")[1].count("在职在岗的工艺美术专业技术人员") == 1
    assert "只在上面列一次" in page


def test_what_is_known_only_later_is_folded_until_it_is_filled(client, plan):
    """On a phone the few questions about the person come first, the application's own last."""
    page = text_of(client.get(f"/plans/{plan.slug}/precheck/"))
    assert page.index("您和您的单位") < page.index("您的经历和业绩")
    assert "可不填" not in page
