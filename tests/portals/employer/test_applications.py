"""The desk, told for the employer; authorities and the office share it. Happy path, wrong audience, scope, refusals."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.applications import (
    audited,
    forwarded,
    make_draft,
    make_technician,
    make_world,
    publicise,
    reason,
    step_of,
    submitted,
)
from tests.factories.archive import make_file, make_item
from tests.factories.notices import make_objection
from tests.factories.people import applicant_actor, make_organisation, sign_in, staff_actor
from zhiping.achievements.states import VersionState
from zhiping.applications.models import Remark, StepDecision
from zhiping.applications.operations import return_case, save_section, submit_application
from zhiping.applications.queries import previous_content
from zhiping.applications.snapshot_content import file_ids
from zhiping.applications.states import ApplicationState, SectionKey, StepState
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import end_of
from zhiping.notices.models import Objection, Publicity
from zhiping.notices.tasks import close_due, print_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


def url(name, application, *more, portal="employer"):
    return reverse(f"{portal}:applications:{name}", args=[application.pk, *more])


def at_desk(client, world):
    actor = world.clerk
    sign_in(client, actor)
    return actor


def test_desk_turns_applicants_and_strangers_away(client, now):
    world = make_world(now)
    application = submitted(now, world)
    assert client.get("/employer/applications/").status_code == 302
    sign_in(client, applicant_actor(application.person))
    assert client.get("/employer/applications/").status_code == 403
    sign_in(client, staff_actor(make_organisation()))
    assert client.get(url("case", application)).status_code == 404
    assert application.person.name not in client.get("/employer/applications/").content.decode()


def test_queue_shows_submitted_cases_and_searches(client, now):
    world = make_world(now)
    make_draft(now, world, "草稿人甲")
    submitted(now, world, "申报人𠮷")
    submitted(now, world, "申报人乙")
    at_desk(client, world)

    page = client.get("/employer/applications/").content.decode()
    assert "申报人𠮷" in page
    assert "草稿人甲" not in page
    found = client.get("/employer/applications/?words=𠮷").content.decode()
    assert "申报人𠮷" in found
    assert "申报人乙" not in found
    assert "没有符合筛选条件的" in client.get("/employer/applications/?words=查无").content.decode()


@pytest.mark.parametrize("names", [("乙",), ("乙", "丙", "丁", "戊")])
def test_queue_and_home_take_the_same_queries_for_few_and_many(client, now, django_assert_num_queries, names):
    world = make_world(now)
    for name in names:
        submitted(now, world, name)
    at_desk(client, world)

    with django_assert_num_queries(5):
        client.get("/employer/applications/")
    with django_assert_num_queries(6):
        client.get("/employer/applications/?words=示范单位")
    with django_assert_num_queries(6):
        client.get("/employer/")


def test_home_tells_of_archives_that_wait(client, now):
    """R-270: work that waits is named on the first page."""
    world = make_world(now)
    at_desk(client, world)
    assert "没有待审的个人基本信息和业绩" in client.get("/employer/").content.decode()

    make_item(make_technician(world.employer), "papers", state=VersionState.SUBMITTED)

    assert "有 <b>1</b> 人的个人基本信息或业绩等您审核" in client.get("/employer/").content.decode()


def test_case_page_takes_at_most_eight_queries(client, now, django_assert_max_num_queries):
    world = make_world(now)
    application = submitted(now, world)
    at_desk(client, world)
    with django_assert_max_num_queries(8):
        page = client.get(url("case", application)).content.decode()
    assert "青瓷造型设计" in page
    assert "技师" in page
    assert application.person.document_number not in page


def test_pass_return_and_refuse_from_the_page(client, now):
    world = make_world(now)
    good, back, bad = (submitted(now, world, name) for name in ("乙", "丙", "丁"))
    at_desk(client, world)

    client.post(url("pass", good), {"version": 1, "opinion": "符合申报条件"})
    form = {
        "version": 1,
        "mark-0": "return",
        "place-0": "form:self_report",
        "code-0": "I-04",
        "wrong-0": "没有佐证",
        "fix-0": "补上",
    }
    client.post(url("return", back), form)
    client.post(url("refuse", bad), {"version": 1, "clause": "附件1 一", "reason": "年限不足"})
    for application in (good, back, bad):
        application.refresh_from_db()
    assert step_of(good).state == StepState.AUDITED
    assert back.state == ApplicationState.RETURNED
    assert bad.state == ApplicationState.REFUSED


def test_pass_is_refused_while_something_is_marked_for_return(client, now):
    world = make_world(now)
    application = submitted(now, world)
    at_desk(client, world)
    answer = client.post(
        url("pass", application), {"version": 1, "opinion": "同意", "mark-2": "return", "wrong-2": "缺页"}
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "有 1 项标为“退回”" in page
    assert "缺页" in page
    assert step_of(application).state == StepState.OPEN


@pytest.mark.parametrize(
    ("outcome", "fields", "said"),
    [
        ("pass", {"opinion": ""}, "请填写审核意见"),
        ("return", {}, "至少要写一条原因"),
        (
            "return",
            {"mark-0": "return", "place-0": "form:self_report", "code-0": "I-04", "wrong-0": "缺"},
            "没有写怎么改",
        ),
        (
            "return",
            {"mark-0": "return", "place-0": "x", "code-0": "I-04", "wrong-0": "缺", "fix-0": "补"},
            "落在具体的栏目",
        ),
        ("return", {"fix_until": "不是日期"}, "不是一个日期"),
        ("refuse", {"clause": "", "reason": "不符"}, "哪一条规定"),
    ],
)
def test_incomplete_decisions_are_refused_and_kept(client, now, outcome, fields, said):
    world = make_world(now)
    application = submitted(now, world)
    at_desk(client, world)
    answer = client.post(url(outcome, application), {"version": 1, **fields})

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not StepDecision.objects.exists()
    assert not Remark.objects.exists()


def test_stale_form_is_refused_with_the_current_state(client, now):
    world = make_world(now)
    application = submitted(now, world)
    at_desk(client, world)
    client.post(url("pass", application), {"version": 1, "opinion": "同意"})
    again = client.post(url("pass", application), {"version": 1, "opinion": "同意"})

    assert again.status_code == 409
    assert "已初审，待公示" in again.content.decode()
    assert StepDecision.objects.count() == 1


def test_mended_case_shows_what_changed(client, now):
    """R-295."""
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    return_case(step=step, reasons=[reason()], version=step.version, actor=world.clerk, now=now)
    actor = applicant_actor(application.person)
    section = application.sections.get(key=SectionKey.FORM)
    data = {**section.data, "self_report": "任现职以来，一直在生产一线从事青瓷造型设计和检测。"}
    save_section(
        application_id=application.pk, key=SectionKey.FORM, data=data, version=1, actor=actor, now=now
    )
    submit_application(application_id=application.pk, token="t2", actor=actor, now=now)
    at_desk(client, world)

    page = client.get(url("case", application)).content.decode()
    assert "申报人改了 1 处" in page
    assert "<ins>和检测</ins>" in page
    assert "成品率没有佐证" in page


def test_evidence_is_served_through_the_case_only(client, now):
    world = make_world(now)
    application = submitted(now, world)
    strange = make_file(application.person, name="别的.pdf")
    key = min(file_ids(previous_content(application)))
    at_desk(client, world)
    assert client.get(url("evidence", application, strange.pk)).status_code == 404
    sign_in(client, staff_actor(make_organisation()))
    assert client.get(url("evidence", application, key)).status_code == 404


def test_bulk_pass_shows_a_trial_first(client, now):
    world = make_world(now)
    first, second = submitted(now, world, "乙"), submitted(now, world, "丙")
    at_desk(client, world)
    keys = [step_of(first).pk, step_of(second).pk]
    trial = client.post("/employer/applications/bulk/", {"step": keys})
    assert "通过这 2 件" in trial.content.decode()
    assert step_of(first).state == StepState.OPEN
    assert client.post("/employer/applications/bulk/", {"step": keys, "confirmed": 1}).status_code == 422
    client.post("/employer/applications/bulk/", {"step": keys, "confirmed": 1, "opinion": "符合"})
    assert step_of(first).state == step_of(second).state == StepState.AUDITED
    assert client.post("/employer/applications/bulk/", {}).status_code == 302


def test_publicity_from_posting_to_report(client, now, at):
    """R-276…R-279, R-315, told through the pages."""
    world = make_world(now)
    application = audited(now, world, "申报人𠮷")
    at_desk(client, world)
    assert "最晚张贴日" in client.get("/employer/publicity/").content.decode()
    create = reverse("employer:publicity:create", args=[world.plan.pk])
    assert client.get(create).status_code == 200
    assert client.post(create, {"place": ""}).status_code == 422
    answer = client.post(create, {"place": "公告栏", "method": "张贴", "contact": "人事科"})
    publicity = Publicity.objects.get()
    shown = client.get(answer.url).content.decode()
    assert "申报人𠮷" in shown
    assert "正在生成" in shown
    sheet = reverse("employer:publicity:sheet", args=[publicity.pk, "pdf"])
    assert client.get(sheet).status_code == 404
    print_sheets(publicity_id=publicity.pk)
    assert b"".join(client.get(sheet).streaming_content).startswith(b"%PDF")

    early = client.post(
        url("forward", application), {"version": step_of(application).version, "opinion": "同意"}
    )
    assert early.status_code == 409
    assert "才满" in early.content.decode()
    later = end_of(publicity.ends_on) + timedelta(hours=9)
    at(later)
    close_due(later)
    client.post(
        url("forward", application), {"version": step_of(application).version, "opinion": "无异议，同意"}
    )
    assert step_of(application).key == "county_hr"


def test_publicity_of_others_is_out_of_scope(client, now):
    world = make_world(now)
    audited(now, world)
    publicity = publicise(now, world)
    objection = make_objection(publicity, now)
    sign_in(client, staff_actor(make_organisation()))
    for name, key in (("show", publicity.pk), ("record", publicity.pk), ("objection", objection.pk)):
        assert client.get(reverse(f"employer:publicity:{name}", args=[key])).status_code == 404


def test_objection_is_recorded_and_decided_without_showing_who(client, now):
    world = make_world(now)
    audited(now, world)
    publicity = publicise(now, world)
    online = make_objection(publicity, now, is_named=True, name="反映人甲", contact="13911112222")
    at_desk(client, world)
    page = client.get(reverse("employer:publicity:objection", args=[online.pk])).content.decode()
    assert "反映人甲" not in page
    assert "只有纪检监督能看到" in page

    record = reverse("employer:publicity:record", args=[publicity.pk])
    assert client.post(record, {"channel": "letter", "text": ""}).status_code == 422
    client.post(record, {"channel": "letter", "text": "来信反映"})
    letter = Objection.objects.get(channel="letter")
    client.post(reverse("employer:publicity:objection", args=[letter.pk]), {"accept": 1, "version": 1})
    decide = {"verdict": "dismissed", "decision": "已核对原件", "version": 2}
    client.post(reverse("employer:publicity:objection", args=[letter.pk]), decide)
    letter.refresh_from_db()
    assert (letter.state, letter.decision) == ("dismissed", "已核对原件")


def test_cancelled_publicity_makes_the_case_wait_again(client, now):
    world = make_world(now)
    application = audited(now, world)
    publicity = publicise(now, world)
    at_desk(client, world)
    cancel = reverse("employer:publicity:cancel", args=[publicity.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 409
    client.post(cancel, {"reason": "名单有误"})
    assert step_of(application).state == StepState.AUDITED


def test_authority_and_office_use_the_same_desk(client, now, at):
    world = make_world(now)
    application, later = forwarded(now, world)
    at(later)
    for portal, actor in (("authority", world.county_officer), ("committee", world.officer)):
        sign_in(client, actor)
        assert application.person.name in client.get(f"/{portal}/applications/").content.decode()
        assert client.get(url("case", application, portal=portal)).status_code == 200
        version = step_of(application).version
        client.post(url("pass", application, portal=portal), {"version": version, "opinion": "同意"})
    application.refresh_from_db()
    assert application.state == ApplicationState.PAYMENT_PENDING  # the example's notice asks for a fee


def test_authority_home_and_desk_are_for_authorities(client, now):
    world = make_world(now)
    sign_in(client, world.clerk)
    assert client.get("/authority/").status_code == 403
    assert client.get("/committee/applications/").status_code == 403
    sign_in(client, world.county_officer)
    assert client.get("/authority/").status_code == 200
    sign_in(client, staff_actor(world.county, Role.ACCEPTANCE_POINT))
    assert "没有待办的申报" in client.get("/authority/").content.decode()


def test_desk_states_only_what_is_its_own(client, now):
    """What another body decides cannot be slipped in with the unit's pass."""
    world = make_world(now)
    application = submitted(now, world)
    at_desk(client, world)
    step = step_of(application)
    posted = {
        "opinion": "符合",
        "version": step.version,
        "attested-is_backbone": "true",
        "attested-outstanding_skill": "true",
    }

    client.post(url("pass", application), posted)

    assert StepDecision.objects.get().attested == {"is_backbone": True}
