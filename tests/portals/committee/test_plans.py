"""The plan administration of a committee's office, through its pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.archive import pdf_bytes
from tests.factories.people import make_organisation, sign_in, staff_actor
from tests.factories.plans import example_text, make_office, make_pack_version, make_plan, open_around
from tests.portals.public.test_plans import text_of
from zhiping.kernel.actor import Role
from zhiping.plans.models import Plan
from zhiping.plans.states import PlanState
from zhiping.policies.models import PackVersion
from zhiping.policies.states import PackState

pytestmark = pytest.mark.django_db
LIST = "/committee/plans/"


@pytest.fixture(autouse=True)
def _today(at, now):
    at(now)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def clerk(office):
    return staff_actor(office, Role.COMMITTEE_OFFICE)


@pytest.fixture
def colleague(office):
    return staff_actor(office, Role.COMMITTEE_OFFICE)


@pytest.fixture
def last_year(office):
    return make_plan(office=office, state=PlanState.ARCHIVED, slug="crafts-2020")


@pytest.fixture
def desk(client, clerk):
    sign_in(client, clerk)
    return client


def act(client, thing, verb, **fields):
    """Press a button of a page that shows the thing as it is now."""
    thing.refresh_from_db()
    place = thing.slug if isinstance(thing, Plan) else f"rules/{thing.pk}"
    return client.post(f"{LIST}{place}/act/{verb}/", {"version": thing.version, **fields})


def test_from_last_year_s_plan_to_an_open_one(client, clerk, colleague, last_year, at, now):
    """The journey of issue §4: rollover, dates, points confirmed by name, a second person, and it is open."""
    sign_in(client, clerk)
    made = client.post(f"{LIST}crafts-2020/roll-over/", {"year": "2026", "opens_on": "2026-03-02"})
    plan = Plan.objects.get(year=2026)
    assert made.url == f"{LIST}{plan.slug}/"
    page = text_of(client.get(made.url))
    assert "要逐项确认的内容（还剩 6 项）" in page

    client.post(f"{LIST}{plan.slug}/windows/unit/", {"opens": "2026-03-02", "closes": "2026-04-15"})
    page = text_of(client.get(made.url))
    assert "放不下 5 个工作日的公示" in page
    client.post(f"{LIST}{plan.slug}/windows/unit/", {"opens": "2026-03-02", "closes": "2026-04-24"})
    assert "还有 6 项没有确认" in text_of(act(client, plan, "propose"))
    for key in plan.confirmations.values_list("key", flat=True):
        client.post(f"{LIST}{plan.slug}/confirm/", {"key": key})
    act(client, plan, "propose")
    refused = act(client, plan, "publish")
    assert refused.status_code == 409
    assert "另一位同事" in text_of(refused)
    assert client.get(f"/plans/{plan.slug}/").status_code == 404

    sign_in(client, colleague)
    act(client, plan, "publish")

    client.logout()
    page = text_of(client.get("/"))
    assert "2026年度工艺美术师申报计划（示例）" in page
    assert "还剩 39 天" in page


def test_the_list_holds_own_plans_only(desk, last_year):
    make_plan(name="别处的计划")

    page = text_of(desk.get(LIST))

    assert last_year.name in page
    assert "别处的计划" not in page


def test_another_office_s_plan_does_not_exist(desk, now):
    """Scope: even a public plan of another office has no administration pages."""
    plan = open_around(now)

    for url in ("", "roll-over/", "basics/", "windows/unit/", "act/suspend/"):
        assert desk.get(f"{LIST}{plan.slug}/{url}").status_code == 404
    assert desk.post(f"{LIST}{plan.slug}/confirm/", {"key": "pack"}).status_code == 404
    assert desk.post(f"{LIST}{plan.slug}/files/").status_code == 404


@pytest.mark.parametrize(
    "role", [Role.COUNTY_HR, Role.EMPLOYER_CLERK, Role.COMMITTEE_MEMBER, Role.SYSTEM_ADMIN]
)
def test_other_roles_are_turned_away(client, last_year, role):
    sign_in(client, staff_actor(make_organisation(), role))

    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}crafts-2020/roll-over/", {"year": "2026"}).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, last_year):
    assert client.get(LIST).status_code == 302


def test_a_refused_rollover_keeps_what_was_typed(desk, last_year):
    response = desk.post(f"{LIST}crafts-2020/roll-over/", {"year": "2027", "name": "新名字"})

    page = text_of(response)
    assert response.status_code == 422
    assert "2027 年的节假日安排还没有录入" in page
    assert 'value="新名字"' in page
    assert Plan.objects.count() == 1


def test_dates_in_the_wrong_order_stand_beside_their_field(desk, office, now):
    plan = make_plan(office=office, state=PlanState.DRAFT)

    response = desk.post(
        f"{LIST}{plan.slug}/windows/applicant/", {"opens": "2026-04-02", "closes": "2026-04-01"}
    )

    assert "截止日早于开始日" in text_of(response)
    assert plan.windows.get(step="applicant").closes_at.year == 2020


def test_a_published_date_moves_only_with_a_reason(desk, office, now):
    """R-304."""
    plan = open_around(now, office=office)
    days = {"opens": "2026-02-20", "closes": "2026-03-13"}
    url = f"{LIST}{plan.slug}/windows/applicant/"

    assert "要写明原因" in text_of(desk.post(url, days))
    assert desk.post(url, days | {"reason": "停电一天"}).status_code == 302

    assert "停电一天" in text_of(desk.get(f"{LIST}{plan.slug}/"))


def test_a_stale_page_cannot_move_a_plan(desk, office, now):
    plan = open_around(now, office=office)

    response = desk.post(f"{LIST}{plan.slug}/act/suspend/", {"reason": "核查", "version": "7"})

    assert response.status_code == 409
    plan.refresh_from_db()
    assert plan.state == PlanState.OPEN


def test_a_plan_is_suspended_with_a_reason_and_resumed(desk, office, now):
    plan = open_around(now, office=office)

    assert desk.post(f"{LIST}{plan.slug}/act/suspend/", {"reason": ""}).status_code == 422
    act(desk, plan, "suspend", reason="核查")
    assert "已暂停" in text_of(desk.get(f"/plans/{plan.slug}/"))
    act(desk, plan, "resume")

    plan.refresh_from_db()
    assert plan.state == PlanState.PUBLISHED


def test_name_cutoff_and_rules_of_a_draft_are_changed(desk, office):
    plan = make_plan(office=office, state=PlanState.DRAFT)
    newer = make_pack_version(
        slug=plan.pack_version.slug, state=PackState.SUPERSEDED, text=example_text().replace("180", "200")
    )

    page = text_of(desk.get(f"{LIST}{plan.slug}/basics/"))
    desk.post(f"{LIST}{plan.slug}/basics/", {"name": "新名", "cutoff_on": "2026-12-31", "version": newer.pk})

    plan.refresh_from_db()
    assert "第 2 版" in page
    assert (plan.name, plan.cutoff_on, plan.pack_version) == ("新名", date(2026, 12, 31), newer)


def test_a_pdf_is_published_as_attachment_and_taken_away(desk, office, now, settings, tmp_path):
    """R-060."""
    settings.MEDIA_ROOT = tmp_path
    plan = open_around(now, office=office)
    upload = SimpleUploadedFile("填报要求.pdf", pdf_bytes())

    desk.post(f"{LIST}{plan.slug}/files/", {"title": "填报要求", "upload": upload})
    row = plan.attachments.get()
    assert "填报要求" in text_of(desk.get(f"/plans/{plan.slug}/"))
    desk.post(f"{LIST}{plan.slug}/files/{row.pk}/remove/")

    assert not plan.attachments.exists()


def test_a_disguised_attachment_is_refused(desk, office, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plan = open_around(now, office=office)

    response = desk.post(
        f"{LIST}{plan.slug}/files/", {"title": "x", "upload": SimpleUploadedFile("a.pdf", b"MZ not a pdf")}
    )

    assert response.status_code == 422
    assert not plan.attachments.exists()


def test_rules_are_edited_offered_and_published_by_two(client, clerk, colleague, office):
    """Four eyes on rules, in the browser, with problems by line."""
    base = make_pack_version(slug="example-2020-crafts-intermediate", owner=office)
    sign_in(client, clerk)
    bad = base.text.replace("min_working_days: 5", "min_working_days: 3")
    response = client.post(f"{LIST}rules/{base.pk}/edit/", {"text": bad})
    assert response.status_code == 422
    assert "短于法定的 5 个工作日" in text_of(response)
    assert PackVersion.objects.count() == 1

    client.post(f"{LIST}rules/{base.pk}/edit/", {"text": base.text.replace("180", "200")})
    new = PackVersion.objects.get(number=2)
    act(client, new, "offer")
    assert "另一位同事" in text_of(act(client, new, "approve"))
    sign_in(client, colleague)
    act(client, new, "approve")

    base.refresh_from_db()
    new.refresh_from_db()
    assert (base.state, new.state) == (PackState.SUPERSEDED, PackState.PUBLISHED)
    page = text_of(client.get(f"{LIST}rules/{new.pk}/compare/{base.pk}/"))
    assert "金额：180" in page
    assert "金额：200" in page
    assert "1 处不同" in page


def test_rules_are_read_from_a_file_that_is_text(desk, office):
    base = make_pack_version(slug="example-2020-crafts-intermediate", owner=office)
    text = base.text.replace("180", "210").encode()

    response = desk.post(
        f"{LIST}rules/{base.pk}/edit/", {"upload": SimpleUploadedFile("p.yaml", b"\xff\xfe"), "text": ""}
    )
    assert "不是 UTF-8" in text_of(response)
    desk.post(f"{LIST}rules/{base.pk}/edit/", {"upload": SimpleUploadedFile("p.yaml", text), "text": ""})

    assert "amount: 210" in PackVersion.objects.get(number=2).text


def test_another_office_s_draft_rules_do_not_exist(desk):
    hidden = make_pack_version(owner=make_office(), state=PackState.DRAFT)

    assert hidden.name not in text_of(desk.get(f"{LIST}rules/"))
    assert desk.get(f"{LIST}rules/{hidden.pk}/").status_code == 404
    assert desk.post(f"{LIST}rules/{hidden.pk}/act/offer/").status_code == 404


@pytest.mark.parametrize("url", ["", "rules/"])
def test_lists_take_the_same_few_queries_at_one_and_three(desk, office, url, django_assert_max_num_queries):
    version = make_pack_version(owner=office)
    for _ in range(3):
        make_plan(office=office, version=version)
        make_pack_version(owner=office)
    desk.get(f"{LIST}{url}")

    with django_assert_max_num_queries(6):
        desk.get(f"{LIST}{url}")


def test_the_plan_page_of_the_office_takes_few_queries(desk, last_year, django_assert_max_num_queries):
    desk.post(f"{LIST}crafts-2020/roll-over/", {"year": "2026"})
    desk.get(f"{LIST}crafts-2026/")

    with django_assert_max_num_queries(14):
        desk.get(f"{LIST}crafts-2026/")
