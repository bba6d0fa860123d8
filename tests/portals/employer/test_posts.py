"""An institution's pages of its posts, and its post authority's (R-020, R-212, R-217, R-221)."""

import pytest

from tests.documents.paper import page_texts
from tests.factories.archive import make_profile
from tests.factories.people import make_organisation, make_person, sign_in, staff_actor
from tests.factories.posts import (
    USUAL,
    level_of,
    make_authority,
    make_institution,
    make_ledger,
    post_officer,
    proposed,
)
from zhiping.jobs.queue import run_due
from zhiping.plans.operations import load_notice
from zhiping.posts.figures import ExchangeRule
from zhiping.posts.models import LedgerChange, PostForm, PostLedger, Statement
from zhiping.posts.operations import propose_pooled, reserve_seat
from zhiping.posts.queries import exchange_rules, standing_of
from zhiping.posts.states import ChangeState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(at, now):
    at(now)


def typed(**fields):
    """What the page of figures sends: the usual ones unless changed."""
    told = {"establishment": "50", "posts": "40", "reason": "核定文件"}
    for group, (ratio, approved, filled) in USUAL.items():
        told |= {f"ratio_{group}": ratio, f"approved_{group}": approved, f"filled_{group}": filled}
    return {**told, **fields}


def test_from_no_ledger_to_figures_in_force(client, now):
    """R-212: begun, reported, approved by the other body; then the page tells what is free."""
    institution, authority = make_institution(), make_authority("示范区人社局")
    sign_in(client, staff_actor(institution))
    assert "还没有岗位台账" in client.get("/employer/posts/").content.decode()

    client.post("/employer/posts/begin/", {"authority": authority.pk})
    answer = client.post("/employer/posts/figures/", typed(), follow=True)
    assert "由示范区人社局核准后生效" in answer.content.decode()
    change = LedgerChange.objects.get()

    sign_in(client, post_officer(authority))
    assert institution.name in client.get("/authority/posts/").content.decode()
    told = {"version": change.version, "outcome": "approve", "opinion": "一致"}
    client.post(f"/authority/posts/changes/{change.pk}/", told)

    assert level_of(PostLedger.objects.get()).free == 3
    sign_in(client, staff_actor(institution))
    page = client.get("/employer/posts/").content.decode()
    assert "已核准" in page
    assert '<td data-l="还可推荐"><b>3</b></td>' in page


def test_wrong_figures_come_back_with_what_was_typed(client, now):
    ledger = make_ledger(now)
    sign_in(client, staff_actor(ledger.institution))

    answer = client.post("/employer/posts/figures/", typed(establishment="39", reason="减编"))

    assert answer.status_code == 422
    assert "超过编制数 39" in answer.content.decode()
    assert "减编" in answer.content.decode()


def test_a_company_is_told_that_it_needs_none(client):
    sign_in(client, staff_actor(make_organisation()))

    assert "不需要岗位台账" in client.get("/employer/posts/").content.decode()
    assert client.get("/employer/posts/figures/").status_code == 404


def test_the_pooling_body_signs_and_the_authority_then_approves(client, now):
    """R-221."""
    ledger, pool = make_ledger(now), make_authority()
    change = propose_pooled(
        ledger=ledger,
        group="intermediate",
        number=2,
        pooling_authority=pool,
        reason="统筹",
        actor=staff_actor(ledger.institution),
        now=now,
    )
    url = f"/authority/posts/changes/{change.pk}/"
    sign_in(client, post_officer(ledger.authority))
    early = client.post(url, {"version": 1, "outcome": "approve", "opinion": ""})
    assert "须先由统筹部门" in early.content.decode()

    sign_in(client, post_officer(pool))
    client.post(url, {"version": 1, "signer": "科长甲"})
    sign_in(client, post_officer(ledger.authority))
    client.post(url, {"version": 2, "outcome": "approve", "opinion": ""})

    change.refresh_from_db()
    assert (change.state, change.pooling_signer) == (ChangeState.APPROVED, "科长甲")
    assert level_of(ledger).free == 5


def test_exchanges_offered_are_those_of_the_packs(client, now, settings):
    """R-221: 退三进二, 退二进一 are data with their citation."""
    folder = settings.POLICY_PACKS / "hangzhou-2020-arts-and-crafts-intermediate"
    load_notice(folder=folder, now=now)
    ledger = make_ledger(now, levels={"intermediate": ("40", 9, 12)})
    sign_in(client, staff_actor(ledger.institution))

    assert [(rule.name, rule.leave, rule.enter, rule.cite) for rule in exchange_rules()] == [
        ("退三进二", 3, 2, "附件3 注"),
        ("退二进一", 2, 1, "附件3 注"),
    ]
    told = {"group": "intermediate", "rule": "two_out_one_in", "left": "2"}
    refused = client.post("/employer/posts/exchange/", told | {"reason": "退休"})
    assert "不少于 10 个字" in refused.content.decode()
    client.post("/employer/posts/exchange/", told | {"reason": "两名同志退休，递补一名青年骨干。"})

    change = LedgerChange.objects.order_by("-number").first()
    assert change.rule == ExchangeRule(**change.rule).as_dict()
    assert (change.rule["name"], change.after["levels"]["intermediate"]["enter"]) == ("退二进一", 1)


def test_a_waiting_proposal_can_be_taken_back(client, now):
    ledger, change = proposed(now, make_institution(), make_authority())
    sign_in(client, staff_actor(ledger.institution))

    client.post(f"/employer/posts/changes/{change.pk}/withdraw/", {"version": change.version})

    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    assert "单位已撤回" in client.get("/employer/posts/changes/").content.decode()


def test_another_body_sees_nothing(client, now):
    ledger, change = proposed(now, make_institution("机密研究院"), make_authority())
    sign_in(client, post_officer(make_authority()))

    assert client.get(f"/authority/posts/{ledger.pk}/").status_code == 404
    assert client.get(f"/authority/posts/changes/{change.pk}/").status_code == 404
    assert "机密研究院" not in client.get("/authority/posts/").content.decode()
    sign_in(client, staff_actor(make_institution()))
    url = f"/employer/posts/changes/{change.pk}/withdraw/"
    assert client.post(url, {"version": 1}).status_code == 404


def test_from_competition_to_a_sealed_form(client, now, settings, tmp_path):
    """R-213, R-215, R-218, R-219, R-227: entered in order, promised, filled, sealed, downloaded."""
    settings.MEDIA_ROOT = tmp_path
    ledger = make_ledger(now)
    person = make_person("申报人甲")
    make_profile(person, ledger.institution, data={"is_established": True})
    make_profile(make_person("编外人乙"), ledger.institution, data={"is_established": False})
    sign_in(client, staff_actor(ledger.institution))

    told = {"year": "2026", "name": "中级岗位竞聘", "group": "intermediate", "opened": "1"}
    page = client.post("/employer/posts/competitions/new/", told, follow=True)
    url = page.redirect_chain[-1][0]
    assert "申报人甲" in page.content.decode()
    assert "编外人乙" not in page.content.decode()
    entry = {"person": person.pk, "outcome": "review", "current_title": "助理工程师"}
    entry |= {"wanted_title": "工程师", "wanted_grade": "专业技术十级"}
    assert "请填写聘任时间" in client.post(url, entry).content.decode()
    client.post(url, entry | {"appointed_on": "2016-01-01"})
    assert "及时聘任" in client.post(f"{url}conclude/", {"version": "1"}).content.decode()
    client.post(f"{url}conclude/", {"version": "1", "is_committed": "1"})

    asked = {"variant": "POST_FORM_HZ_MID", "year": "2026", "unit_signer": "人事科长甲", "explanation": ""}
    page = client.post("/employer/posts/forms/new/", asked, follow=True)
    assert "待岗位管理部门签章" in page.content.decode()
    form = PostForm.objects.get()
    sign_in(client, post_officer(ledger.authority))
    assert form.code in client.get("/authority/posts/").content.decode()
    seal = {"version": form.version, "outcome": "seal", "signer": "岗位科长乙", "opinion": "属实"}
    assert (
        "请填写签署人"
        in client.post(f"/authority/posts/forms/{form.pk}/", seal | {"signer": ""}).content.decode()
    )
    client.post(f"/authority/posts/forms/{form.pk}/", seal)
    run_due()

    sign_in(client, staff_actor(ledger.institution))
    page = client.get(f"/employer/posts/forms/{form.pk}/").content.decode()
    assert "下载 PDF（已签章）" in page
    assert person.document_number not in page
    for kind in ("pdf", "xlsx"):
        answer = client.get(f"/employer/posts/forms/{form.pk}/sheet.{kind}")
        assert b"".join(answer.streaming_content)
    sign_in(client, staff_actor(make_institution()))
    assert client.get(f"/employer/posts/forms/{form.pk}/sheet.pdf").status_code == 404


def test_nobody_is_appointed_before_the_certificate(client, now):
    """R-219: the page says what is missing; the seat stays reserved."""
    ledger = make_ledger(now)
    seat = reserve_seat(
        institution=ledger.institution,
        group="intermediate",
        person=make_person(),
        subject_id=1,
        label="2026-1 工程师",
        year=2026,
        actor=staff_actor(ledger.institution),
        now=now,
    )
    sign_in(client, staff_actor(ledger.institution))
    assert "聘任" in client.get("/employer/posts/").content.decode()

    told = {"version": seat.version, "appointed_on": "2026-03-01", "grade": "专业技术十级"}
    answer = client.post(f"/employer/posts/seats/{seat.pk}/appoint/", told)

    assert "还没有取得证书" in answer.content.decode()
    assert (level_of(ledger).reserved, level_of(ledger).filled) == (1, 13)


def test_a_statement_for_staff_off_the_establishment(client, now, settings, tmp_path):
    """C-74, R-224: issued once a year, printed, counted as the paper, taken back; nobody else sees it."""
    settings.MEDIA_ROOT = tmp_path
    institution, person, other = make_institution(), make_person("编外人甲"), make_person("在编人乙")
    make_profile(person, institution, data={"is_established": False})
    make_profile(other, institution, data={"is_established": True})
    sign_in(client, staff_actor(institution))
    page = client.get("/employer/posts/statements/").content.decode()
    assert "编外人甲" in page
    assert "在编人乙" not in page

    told = {"person": person.pk, "year": "2026", "basis": "劳动合同，2022年3月起", "signer": "主任甲"}
    client.post("/employer/posts/statements/", told)
    assert "已经出具" in client.post("/employer/posts/statements/", told).content.decode()
    run_due()
    statement = Statement.objects.get()
    answer = client.get(f"/employer/posts/statements/{statement.pk}/sheet.pdf")
    text = "".join(page_texts(b"".join(answer.streaming_content)))
    assert "编外人甲" in text
    assert person.document_number not in text
    asked = {"institution_id": institution.pk, "group": "intermediate", "person_id": person.pk, "year": 2026}
    assert standing_of(subject_id=1, **asked).statement

    sign_in(client, staff_actor(make_institution()))
    url = f"/employer/posts/statements/{statement.pk}/"
    assert client.get(f"{url}sheet.pdf").status_code == 404
    sign_in(client, staff_actor(institution))
    client.post(f"{url}revoke/", {"version": statement.version})
    assert standing_of(subject_id=1, **asked) is None
