"""Pages of the applicant's applications: happy path, wrong audience, out of scope, refused, query counts."""

import base64
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.applications import (
    FORM,
    make_draft,
    make_ready_draft,
    make_technician,
    make_world,
    reason,
    step_of,
    submitted,
)
from tests.factories.archive import jpeg_bytes, make_item, pdf_bytes, png_bytes
from tests.factories.people import applicant_actor, make_person, sign_in
from zhiping.applications.models import Application, Signature, SigningRequest, Snapshot
from zhiping.applications.operations import return_case
from zhiping.applications.states import ApplicationState, SectionKey, StepState

pytestmark = pytest.mark.django_db
PAGES = ["photo", "integrity", "form", "achievements", "attachments", "check", "show", "withdraw", "receipt"]


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


def url(name, application, *more):
    return reverse(f"applicant:applications:{name}", args=[application.pk, *more])


def upload(content, name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def drawing():
    return "data:image/png;base64," + base64.b64encode(png_bytes((400, 160), "black")).decode()


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_draft_are_shown_to_its_person_only(client, now, name):
    application = make_ready_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    assert client.get(url(name, application)).status_code == 200

    sign_in(client, applicant_actor(make_person("旁人")))
    assert client.get(url(name, application)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_turn_other_roles_away(client, now, name):
    world = make_world(now)
    application = make_ready_draft(now, world)
    assert client.get(url(name, application)).status_code == 302

    sign_in(client, world.clerk)
    assert client.get(url(name, application)).status_code == 403


def test_home_lists_what_waits(client, now):
    world = make_world(now)
    application = make_draft(now, world)
    submitted(now, world, "申报人乙")
    sign_in(client, applicant_actor(application.person))

    page = client.get("/applicant/").content.decode()
    assert "草稿还没有提交" in page
    assert "申报人乙" not in page


@pytest.mark.parametrize("names", [("丙",), ("丙", "丁", "戊")])
def test_home_takes_the_same_queries_for_few_and_many(client, now, django_assert_num_queries, names):
    world = make_world(now)
    person = make_technician(world.employer)
    for _ in names:
        case = submitted(now, make_world(now), person=person)
        assert case.person == person
    sign_in(client, applicant_actor(person))

    with django_assert_num_queries(7):
        client.get("/applicant/")


@pytest.mark.parametrize("picked", [1, 20])
def test_draft_pages_take_the_same_queries_for_few_and_many(
    client, now, django_assert_max_num_queries, picked
):
    application = make_ready_draft(now, make_world(now))
    for number in range(picked):
        make_item(application.person, "papers", data={"title": f"论文 {number}"}, label=f"论文 {number}")
    sign_in(client, applicant_actor(application.person))
    for name in ("form", "achievements", "attachments", "check"):
        with django_assert_max_num_queries(8):
            client.get(url(name, application))


def test_start_page_makes_a_draft_once(client, now):
    world = make_world(now)
    person = make_technician(world.employer)
    sign_in(client, applicant_actor(person))
    start = reverse("applicant:applications:start", args=[world.plan.slug])
    assert "开始申报" in client.get(start).content.decode()

    for _ in range(2):
        answer = client.post(start, {"title": world.plan.titles.first().pk})
    application = Application.objects.get(person=person)
    assert answer.url == url("show", application)
    assert "打开这份申报" in client.get(start).content.decode()


def test_start_with_a_forged_title_takes_one_of_the_plan(client, now):
    """R-398: a changed request is answered, never a server error."""
    world = make_world(now)
    person = make_technician(world.employer)
    sign_in(client, applicant_actor(person))

    answer = client.post(reverse("applicant:applications:start", args=[world.plan.slug]), {"title": "甲"})

    assert answer.url == url("show", Application.objects.get(person=person))


def test_what_must_be_handed_in_is_not_called_optional(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))

    page = client.get(url("form", application)).content.decode()

    assert ">本人述职</label>" in page.replace(" </label>", "</label>")
    assert "行政职务 <span" in page
    assert "还没有保存" in page
    assert "还没有保存" not in client.get(url("check", application)).content.decode()


def test_draft_says_that_the_chain_comes_next_and_shows_no_empty_times(client, now):
    """R-350: who has it, and what comes after."""
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))

    page = client.get("/applicant/").content.decode()

    assert "单位和各级部门逐级审核" in page
    assert '<span class="small muted">—</span>' not in page


def test_accepted_case_is_held_by_the_office(client, now):
    """R-350: between acceptance and publicity somebody has it too."""
    world = make_world(now)
    application = submitted(now, world)
    application.steps.update(state=StepState.PASSED, opened_at=now, decided_at=now)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.ACCEPTED)
    sign_in(client, applicant_actor(application.person))

    assert f"现在由 <b>{world.office.name}</b> 办理" in client.get("/applicant/").content.decode()


def test_start_without_archive_says_what_to_do(client, now):
    world = make_world(now)
    sign_in(client, applicant_actor(make_person()))

    answer = client.post(reverse("applicant:applications:start", args=[world.plan.slug]))
    assert answer.status_code == 409
    assert "请先完善档案" in answer.content.decode()
    assert 'href="/applicant/profile/">个人基本信息' in answer.content.decode()


def test_photo_is_checked_on_the_server(client, now):
    """R-082…R-085."""
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    wrong = client.post(
        url("photo", application), {"version": 0, "photo": upload(jpeg_bytes((215, 300)), "小.jpg")}
    )
    disguised = client.post(
        url("photo", application), {"version": 0, "photo": upload(png_bytes((413, 579)), "伪装.jpg")}
    )
    assert (wrong.status_code, disguised.status_code) == (422, 422)
    assert "请换一张" in wrong.content.decode()

    good = client.post(
        url("photo", application),
        {"version": 0, "photo": upload(jpeg_bytes((413, 579), pad_to=40000), "证件照.jpg")},
    )
    assert good.status_code == 302
    application.refresh_from_db()
    assert application.photo.width == 413
    shown = client.get(url("file", application, application.photo_id))
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_form_saves_by_script_and_by_button(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    passing = client.post(url("form", application), {**FORM, "version": 0}, headers={"X-Autosave": "1"})
    assert passing.json()["version"] == 1

    pressed = client.post(url("form", application), {**FORM, "version": 1, "self_report": "改过"})
    assert pressed.url == url("achievements", application)
    application.refresh_from_db()
    assert application.pathway_name == "高技能人才申报"


def test_two_tabs_see_both_values(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    client.post(url("form", application), {**FORM, "version": 0, "self_report": "甲窗口写的"})

    other = client.post(url("form", application), {**FORM, "version": 0, "self_report": "乙窗口写的"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "甲窗口写的" in page
    assert "乙窗口写的" in page
    assert 'name="version" value="1"' in page
    passing = client.post(
        url("form", application), {**FORM, "version": 0, "self_report": "乙"}, headers={"X-Autosave": "1"}
    )
    assert passing.status_code == 409
    kept = client.post(url("form", application), {**FORM, "version": 1, "self_report": "乙窗口写的"})
    assert kept.status_code == 302
    assert application.sections.get(key=SectionKey.FORM).data["self_report"] == "乙窗口写的"


def test_form_shows_what_was_typed_wrong(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    answer = client.post(url("form", application), {**FORM, "version": 0, "specialty_years": "很多年"})

    assert answer.status_code == 422
    assert "很多年" in answer.content.decode()
    assert "青瓷造型设计" in answer.content.decode()
    assert not application.sections.exists()


def test_achievements_keep_what_was_ticked(client, now):
    """R-092."""
    application = make_draft(now, make_world(now))
    paper = make_item(application.person, "papers", data={"title": "窑温"}, label="窑温记录")
    other = make_item(
        make_person("旁人"), "papers", data={}, label="旁人的论文", employer=application.employer
    )
    sign_in(client, applicant_actor(application.person))
    page = client.get(url("achievements", application)).content.decode()
    assert "窑温记录" in page
    assert "旁人的论文" not in page

    client.post(url("achievements", application), {"version": 0, "item": [paper.pk]})
    items = application.sections.get(key=SectionKey.ACHIEVEMENTS).data["items"]
    assert [item["label"] for item in items if item["category"] == "papers"] == ["窑温记录"]
    foreign = client.post(url("achievements", application), {"version": 1, "item": [other.pk]})
    assert foreign.status_code == 409


def test_attachments_ask_only_what_this_person_needs(client, now):
    """R-095, R-100."""
    application = make_ready_draft(now, make_world(now), pathway="exceptional")
    sign_in(client, applicant_actor(application.person))
    page = client.get(url("attachments", application)).content.decode()
    assert "破格申报审批表" in page
    assert "事业单位人员职称申报岗位信息表：您的情况不用交" in page

    slot = url("attach", application, "exceptional_form")
    wrong = client.post(slot, {"version": 0, "file": upload(png_bytes(), "表.png")})
    assert wrong.status_code == 422
    client.post(slot, {"version": 0, "file": upload(pdf_bytes("表"), "审批表.pdf")})
    files = application.sections.get(key=SectionKey.ATTACHMENTS).data["slots"]["exceptional_form"]
    assert [each["name"] for each in files] == ["审批表.pdf"]
    client.post(url("detach", application, "exceptional_form", files[0]["file"]), {"version": 1})
    assert application.sections.get(key=SectionKey.ATTACHMENTS).data["slots"] == {}
    unasked = client.post(
        url("attach", application, "post_form"), {"version": 2, "file": upload(pdf_bytes(), "a.pdf")}
    )
    assert unasked.status_code == 422


def test_score_page_counts_what_is_ticked(client, now):
    """R-267: points are computed, never typed."""
    application = make_ready_draft(now, make_world(now), pathway="self_scored")
    sign_in(client, applicant_actor(application.person))
    person = application.person
    honour = make_item(
        person, "honours", data={"name": "先进工作者", "level": "municipal"}, label="先进工作者"
    )
    client.post(url("achievements", application), {"version": 1, "item": [honour.pk]})
    page = client.get(url("score", application)).content.decode()
    assert "先进工作者" in page

    client.post(
        url("score", application),
        {"version": 0, f"claim-honour-{honour.item_id}": "1", "points": "99", "stay": "1"},
    )
    claims = application.sections.get(key=SectionKey.SCORE).data["claims"]
    assert claims == [{"row": "honour", "item": honour.item_id, "answers": {}}]


def test_signing_on_the_phone_needs_the_session_that_showed_the_code(client, now, at):
    """R-087: the code is good once, ten minutes, for this session."""
    from django.test import Client

    application = make_draft(now, make_world(now))
    actor = applicant_actor(application.person)
    sign_in(client, actor)
    page = client.post(url("code", application)).content.decode()
    token = page.split("/sign/")[1].split("/")[0]
    assert token not in str(list(SigningRequest.objects.values()))

    phone = Client()
    assert "手写签名" in phone.get(f"/sign/{token}/").content.decode()
    assert phone.post(f"/sign/{token}/", {"signature": ""}).status_code == 422
    assert phone.post(f"/sign/{token}/", {"signature": drawing()}).status_code == 200
    assert phone.get(f"/sign/{token}/").status_code == 410
    assert not Signature.objects.exists()

    other = Client()
    sign_in(other, actor)
    assert other.post(url("take_over", application)).status_code == 409
    assert "收到手机上的签名" in client.get(url("integrity", application)).content.decode()
    assert client.post(url("take_over", application)).status_code == 302
    assert Signature.objects.get().method == "phone"


def test_code_dies_after_ten_minutes(client, now, at):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    token = client.post(url("code", application)).content.decode().split("/sign/")[1].split("/")[0]

    at(now + timedelta(minutes=10))
    assert client.get(f"/sign/{token}/").status_code == 410
    assert client.post(f"/sign/{token}/", {"signature": drawing()}).status_code == 410
    assert client.get("/sign/nonsense/").status_code == 410


def test_signing_on_the_screen_replaces_the_earlier_signature(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    for version in (0, 1):
        answer = client.post(url("integrity", application), {"version": version, "signature": drawing()})
        assert answer.status_code == 302
    assert Signature.objects.filter(withdrawn_at=None).count() == 1
    assert Signature.objects.count() == 2
    empty = client.post(
        url("integrity", application), {"version": 2, "signature": "data:image/png;base64,@@"}
    )
    assert empty.status_code == 422


def test_check_page_links_each_point_to_its_field(client, now):
    """R-099."""
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    page = client.get(url("check", application)).content.decode()

    assert f"{url('photo', application)}#id_photo" in page
    assert f"{url('form', application)}#id_self_report" in page
    assert "提交申报" not in page


def test_submit_needs_the_tick_and_happens_once(client, now):
    application = make_ready_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    assert client.post(url("check", application), {"token": "t"}).status_code == 409

    for _ in range(2):
        answer = client.post(url("check", application), {"token": "t", "confirmed": "1"})
        assert answer.url == url("show", application)
    assert Snapshot.objects.count() == 1
    page = client.get(url("show", application)).content.decode()
    assert "单位审核" in page
    assert "还剩" in page


def test_submit_with_open_points_is_refused_with_the_state_shown(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    answer = client.post(url("check", application), {"token": "t", "confirmed": "1"})

    assert answer.status_code == 409
    assert "必须处理" in answer.content.decode()


def test_submit_takes_at_most_fifteen_queries(client, now, django_assert_max_num_queries):
    application = make_ready_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    with django_assert_max_num_queries(21) as asked:
        client.post(url("check", application), {"token": "t", "confirmed": "1"})
    spoken = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(spoken) <= 17


def test_returned_case_shows_reasons_and_opens_those_places_only(client, now):
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    return_case(step=step, reasons=[reason()], version=step.version, actor=world.clerk, now=now)
    sign_in(client, applicant_actor(application.person))

    page = client.get(url("show", application)).content.decode()
    assert "成品率没有佐证" in page
    assert f"/applicant/applications/{application.pk}/form/#id_self_report" in page
    form = client.get(url("form", application)).content.decode()
    assert "请写明出处" in form
    assert "这一页没有被退回" in client.get(url("achievements", application)).content.decode()
    client.post(url("form", application), {"version": 1, "self_report": "见检测记录", "pathway": "normal"})
    section = application.sections.get(key=SectionKey.FORM).data
    assert (section["self_report"], section["pathway"]) == ("见检测记录", "skilled")
    client.post(url("check", application), {"token": "t2", "confirmed": "1"})
    application.refresh_from_db()
    assert application.state == ApplicationState.IN_REVIEW


def test_withdraw_page_ends_the_draft(client, now):
    application = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    assert client.get(url("withdraw", application)).status_code == 200
    client.post(url("withdraw", application))
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


def test_receipt_is_printed_by_the_queue(client, now):
    from zhiping.applications.tasks import print_receipt

    application = submitted(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    assert "正在生成" in client.get(url("receipt", application)).content.decode()
    print_receipt(application_id=application.pk, attempt=1)
    answer = client.get(url("receipt", application))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_inbox_marks_as_read_by_a_button(client, now):
    application = submitted(now, make_world(now))
    sign_in(client, applicant_actor(application.person))
    assert "未读" in client.get("/applicant/messages/").content.decode()
    client.post("/applicant/messages/")
    assert "未读" not in client.get("/applicant/messages/").content.decode()
