"""The committee's half of the story, through its pages: publicity, meeting, ballots, results, certificate, verification."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.documents.paper import page_texts
from tests.factories.committees import World, make_application
from tests.factories.people import make_person, sign_in
from zhiping.applications.states import ApplicationState
from zhiping.certificates.models import Certificate
from zhiping.committees.models import Ballot, Committee, Meeting, Round
from zhiping.jobs.queue import run_due, run_periodic
from zhiping.kernel.clock import end_of, start_of
from zhiping.notices.models import Publicity

pytestmark = pytest.mark.django_db
WHERE = {"place": "公告栏", "method": "张榜", "contact": "办公室"}


@pytest.fixture
def world(now, at):
    at(now)
    return World(now)


@pytest.fixture
def office(world):
    client = Client()
    sign_in(client, world.clerk)
    return client


@pytest.fixture
def authority(world):
    client = Client()
    sign_in(client, world.official)
    return client


def pass_the_publicity(at):
    posted = Publicity.objects.order_by("-pk").first()
    later = end_of(posted.ends_on)
    at(later)
    run_periodic(later)
    return posted


def test_from_acceptance_to_a_verified_certificate_through_the_pages(world, office, authority, at):
    applications = [make_application(world.plan, state=ApplicationState.ACCEPTED) for _ in range(2)]
    keys = [a.pk for a in applications]

    assert "评前公示" in page(office.get("/committee/"))
    sent = office.post(
        f"/committee/publicity/new/{world.plan.pk}/pre_review/", {"application": keys, **WHERE}
    )
    posted = pass_the_publicity(at)
    assert sent.url == f"/committee/publicity/{posted.pk}/"
    assert "结束公示，转入待评审" in page(office.get(sent.url))
    assert office.post(f"{sent.url}settle/").status_code == 302

    found_and_file_a_committee(world, office, authority)
    call_and_open_a_meeting(world, office, keys, at)
    vote(office)
    meeting = Meeting.objects.get()
    assert office.post(f"/committee/meetings/{meeting.pk}/do/close/", {"version": 2}).status_code == 409
    meeting.refresh_from_db()
    office.post(f"/committee/meetings/{meeting.pk}/do/close/", {"version": meeting.version})
    run_due()
    printed = office.get(f"/committee/meetings/{meeting.pk}/minutes/")
    assert "会议记录" in "".join(page_texts(printed.getvalue()))
    for close in printed._resource_closers:
        close()  # the response's own close() would close the test's connection too
    meeting.refresh_from_db()
    office.post(f"/committee/meetings/{meeting.pk}/do/sign_minutes/", {"version": meeting.version})

    office.post(f"/committee/publicity/new/{world.plan.pk}/result/", {"application": keys, **WHERE})
    pass_the_publicity(at)
    report_and_issue(world, office, authority, keys)
    verify_in_public(Certificate.objects.order_by("pk").first())


def found_and_file_a_committee(world, office, authority):
    answer = office.post(
        "/committee/committees/new/",
        {"name": "示范评委会", "series": world.plan.series, "level": world.plan.level, "size_basis": ""},
    )
    committee = Committee.objects.get()
    assert answer.url == f"/committee/committees/{committee.pk}/"
    for number in range(9):
        person = make_person(f"专家{number}")
        added = office.post(
            answer.url,
            {
                "document_number": person.document_number,
                "position": "chair" if number == 0 else "member",
                "title": "正高级工艺美术师",
                "term_from": "2026-01-01",
                "term_until": "2028-12-31",
            },
        )
        assert added.status_code == 302, page(added)
    assert "可以备案" in page(office.get(answer.url))
    filed = authority.post(
        f"/authority/committees/{committee.pk}/",
        {"filing_number": "示范备〔2026〕1号", "valid_until": "2028-12-31", "version": committee.version},
    )
    assert filed.status_code == 302
    assert "已核准备案" in page(office.get(answer.url))


def call_and_open_a_meeting(world, office, keys, at):
    answer = office.post(
        "/committee/meetings/new/",
        {
            "committee": Committee.objects.get().pk,
            "plan": world.plan.pk,
            "held_on": "2026-03-20",
            "place": "第一会议室",
        },
    )
    url = answer.url
    office.post(f"{url}agenda/", {"application": keys})
    office.post(f"{url}do/start_roll_call/", {"version": 1})
    meeting = Meeting.objects.get()
    seats = list(meeting.seats.values_list("pk", flat=True))
    office.post(f"{url}roll/", {"present": seats[:5]})
    assert "还没有到开会的日子" in page(office.get(url))
    early = office.post(f"{url}do/open_session/", {"version": 2})
    assert (early.status_code, "会议定在 2026-03-20 召开" in page(early)) == (409, True)
    at(start_of(date(2026, 3, 20)))
    refused = office.post(f"{url}do/open_session/", {"version": 2})
    assert (refused.status_code, "不足三分之二" in page(refused)) == (409, True)
    office.post(f"{url}roll/", {"present": seats})
    assert office.post(f"{url}do/open_session/", {"version": 2}).status_code == 302
    assert "打印表决码" in page(office.get(url))


def vote(office):
    meeting = Meeting.objects.get()
    printed = office.post(f"/committee/meetings/{meeting.pk}/rounds/open/")
    codes = re.findall(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", "".join(page_texts(printed.content)))
    assert len(set(codes)) == 9
    round_ = Round.objects.get()
    for number, code in enumerate(sorted(set(codes))):
        member = Client()  # no sign-in, no session: whoever holds the paper votes
        opened = member.post("/ballot/", {"code": code})
        cases = re.findall(r'name="(case-\d+)"', page(opened))
        choice = "agree" if number < 7 else "against"
        cast = member.post("/ballot/", {"code": code, "cast": "1", **dict.fromkeys(cases, choice)})
        assert "选票已入箱" in page(cast)
        assert "sessionid" not in member.cookies
    again = Client().post("/ballot/", {"code": codes[0]})
    assert "已经用过" in page(again)
    assert "任何人都看不到选择" in page(office.get(f"/committee/meetings/rounds/{round_.pk}/"))
    office.post(f"/committee/meetings/rounds/{round_.pk}/", {"version": round_.version})
    board = page(office.get(f"/committee/meetings/rounds/{round_.pk}/"))
    assert "公布板" in board
    assert Ballot.objects.count() == 18
    clean = office.post(f"/committee/meetings/rounds/{round_.pk}/recount/", {"codes": "\n".join(codes)})
    assert "全部相符" in page(clean)


def report_and_issue(world, office, authority, keys):
    url = f"/committee/results/plans/{world.plan.pk}/"
    refused = office.post(url, {"application": [], "bodies": [world.city_hr.pk]})
    assert "没有可上报的人" in page(refused)
    sent = office.post(url, {"application": keys, "bodies": [world.city_hr.pk]})
    assert sent.status_code == 302, page(sent)
    listed = page(authority.get("/authority/results/"))
    report = re.search(r"/authority/results/\d+/", listed)[0]
    missing = authority.post(report, {"document_number": "", "issued_on": "2026-04-10"})
    assert "请填写发文文号" in page(missing)
    assert (
        authority.post(
            report, {"document_number": "示范人社发〔2026〕12号", "issued_on": "2026-04-10", "version": 1}
        ).status_code
        == 302
    )
    run_due()
    assert Certificate.objects.filter(state="valid").count() == 2


def verify_in_public(certificate):
    visitor = Client()
    good = visitor.post("/verify/", {"number": certificate.number, "name": certificate.holder_name})
    assert "现在有效" in page(good)
    assert certificate.holder_name not in page(good)
    wrong = visitor.post("/verify/", {"number": certificate.number, "name": "别人"})
    unknown = visitor.post("/verify/", {"number": "33000020263999999", "name": certificate.holder_name})
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert tokenless(wrong) == tokenless(unknown)
    assert "现在有效" in page(visitor.get(f"/verify/{certificate.code}/"))
    with certificate.file.open() as file:
        pdf = file.read()
    assert "指纹与登记一致" in page(visitor.post("/verify/file/", {"file": upload(pdf)}))
    assert "追加了内容" in page(visitor.post("/verify/file/", {"file": upload(pdf + b"\n%x")}))


def upload(content):
    return SimpleUploadedFile("证书.pdf", content, "application/pdf")


def page(response):
    return response.content.decode()


def tokenless(response):
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page(response))
