"""An employer's way through the pages: registered, letter, decision, clerks (R-028 … R-030, R-363)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.factories.employers import CODE, hr_staff, make_file, registered, submitted
from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    make_region,
    make_user,
    sign_in,
    staff_actor,
)
from zhiping.kernel.actor import Role
from zhiping.messaging.models import Message
from zhiping.organisations.models import AuthorisationLetter, ClerkRequest, Membership, Organisation

pytestmark = pytest.mark.django_db
FORM = {
    "name": "示范工艺有限公司",
    "kind": "enterprise",
    "credit_code": CODE,
    "region": "330106",
    "address": "",
    "legal_person": "法人甲",
    "role": "employer_clerk",
}


def text(response) -> str:
    return response.content.decode()


def opens(client, url: str) -> bool:
    response = client.get(url)
    return response.status_code == 200 and len(response.getvalue()) == int(response["Content-Length"])


def scan(content: bytes = b"", name: str = "授权委托证明.png") -> SimpleUploadedFile:
    if not content:
        out = io.BytesIO()
        Image.new("RGB", (600, 800), "white").save(out, "PNG")
        content = out.getvalue()
    return SimpleUploadedFile(name, content)


def register(client):
    make_region("330106")
    person = make_person("经办人甲")
    sign_in(client, applicant_actor(person))
    client.post("/employers/register/", FORM)
    return Membership.objects.get(user__person=person)


def test_from_registration_to_approval(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    officer = hr_staff()
    membership = register(client)
    chosen = client.post("/start/choose/", {"membership": membership.pk})
    assert chosen.url == "/employer/registration/"

    done = client.post("/employer/registration/", {"file": scan(), "valid_until": "2030-12-31"}, follow=True)
    assert "授权委托证明待审核" in text(done)
    letter = AuthorisationLetter.objects.get()
    assert opens(client, f"/employer/registration/letters/{letter.pk}/")

    sign_in(client, officer)
    body = membership.organisation
    assert "等您审核" in text(client.get("/authority/employers/"))
    body.refresh_from_db()
    assert opens(client, f"/authority/employers/letters/{letter.pk}/")
    client.post(
        f"/authority/employers/{body.pk}/", {"version": body.version, "outcome": "approve", "reason": ""}
    )

    body.refresh_from_db()
    assert body.state == "authorised"
    assert Message.objects.filter(key="organisation.letter_approved").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"credit_code": CODE[:17] + "4"}, "校验位不对"),
        ({"credit_code": "123"}, "应为 18 位"),
        ({"legal_person": ""}, "请填写法定代表人"),
        ({"kind": "hr_authority"}, "有错误："),
        ({"name": "示范\U0003347b公司"}, "无法打印"),
    ],
)
def test_a_wrong_registration_keeps_nothing(client, fields, words):
    make_region("330106")
    sign_in(client, applicant_actor(make_person()))

    shown = client.post("/employers/register/", {**FORM, **fields})

    assert words in text(shown)
    assert not Organisation.objects.exists()


def test_a_disguised_letter_is_refused_and_the_state_stays(client, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hr_staff()
    organisation, clerk = registered(now)
    sign_in(client, clerk)

    shown = client.post(
        "/employer/registration/", {"file": scan(b"MZ not a picture"), "valid_until": "2030-12-31"}
    )

    assert shown.status_code == 422
    assert "有错误：" in text(shown)
    organisation.refresh_from_db()
    assert organisation.state == "registered"
    assert not AuthorisationLetter.objects.exists()


def test_a_return_without_reason_is_shown_again_and_with_one_reaches_the_employer(client, now):
    officer = hr_staff()
    organisation, clerk = submitted(now)
    sign_in(client, officer)
    url = f"/authority/employers/{organisation.pk}/"
    given = {"version": organisation.version, "outcome": "return", "reason": ""}

    assert "请写明退回原因" in text(client.post(url, given))
    client.post(url, {**given, "reason": "没有公章，请盖章后重传"})

    sign_in(client, clerk)
    assert "没有公章，请盖章后重传" in text(client.get("/employer/registration/"))


def test_a_stale_decision_is_refused_with_the_state(client, now):
    officer = hr_staff()
    organisation, _ = submitted(now)
    sign_in(client, officer)
    url = f"/authority/employers/{organisation.pk}/"
    given = {"version": organisation.version, "outcome": "approve", "reason": ""}
    client.post(url, given)

    again = client.post(url, given)

    assert again.status_code == 422
    assert "当前状态是“已授权”" in text(again)


def test_another_county_sees_neither_the_employer_nor_its_letter(client, now):
    hr_staff()
    organisation, _ = submitted(now)
    letter = AuthorisationLetter.objects.get()
    sign_in(client, hr_staff("330108"))

    assert organisation.name not in text(client.get("/authority/employers/"))
    assert client.get(f"/authority/employers/{organisation.pk}/").status_code == 404
    assert client.get(f"/authority/employers/letters/{letter.pk}/").status_code == 404


def test_the_city_looks_but_the_county_decides(client, now):
    hr_staff()
    organisation, _ = submitted(now)
    sign_in(client, hr_staff("330100", Role.CITY_HR))
    url = f"/authority/employers/{organisation.pk}/"

    assert "提交审核结果" not in text(client.get(url))
    done = client.post(url, {"version": organisation.version, "outcome": "approve", "reason": ""})

    assert done.status_code == 403
    organisation.refresh_from_db()
    assert organisation.state == "authorisation_submitted"


def test_other_authorities_see_no_employers_here(client, now):
    hr_staff()
    organisation, _ = submitted(now)
    body = make_organisation(kind="acceptance_point")
    sign_in(client, staff_actor(body, Role.ACCEPTANCE_POINT))

    assert organisation.name not in text(client.get("/authority/employers/"))
    assert client.get(f"/authority/employers/{organisation.pk}/").status_code == 404


def test_another_employers_papers_and_clerks_are_out_of_reach(client, now):
    hr_staff()
    organisation, clerk = submitted(now)
    letter = AuthorisationLetter.objects.get()
    victim = Membership.objects.get(user_id=clerk.user_id)
    wish = ClerkRequest.objects.create(
        organisation=organisation, user=make_user(), role="employer_clerk", state="asked", made_at=now
    )
    sign_in(client, staff_actor(make_organisation("别家单位")))

    assert client.get(f"/employer/registration/letters/{letter.pk}/").status_code == 404
    assert client.get(f"/employer/registration/clerks/{victim.pk}/end/").status_code == 404
    answered = client.post(f"/employer/registration/clerks/requests/{wish.pk}/", {"answer": "yes"})
    assert answered.status_code == 404
    assert clerk.name not in text(client.get("/employer/registration/clerks/"))


def test_clerks_are_invited_accept_and_take_over(client, now):
    organisation, clerk = registered(now)
    user = make_user(username="yi_01", name="经办人乙")
    sign_in(client, clerk)
    invitation = {"username": "yi_01", "name": "经办人乙", "role": "employer_clerk"}
    assert "都相符" in text(client.post("/employer/registration/clerks/", {**invitation, "name": "别人"}))
    client.post("/employer/registration/clerks/", invitation)
    assert "还没有可以接手的人" in text(client.get("/employer/registration/clerks/hand-over/"))

    sign_in(client, applicant_actor(user.person))
    assert organisation.name in text(client.get("/start/"))
    client.post(f"/start/requests/{ClerkRequest.objects.get().pk}/", {"answer": "yes"})
    successor = Membership.objects.get(user=user)

    sign_in(client, clerk)
    client.post("/employer/registration/clerks/hand-over/", {"successor": successor.pk})
    assert client.get("/employer/registration/").status_code == 403
    assert Membership.objects.get(user_id=clerk.user_id).is_active is False


def test_a_colleague_is_ended_with_a_reason(client, now):
    organisation, clerk = registered(now)
    colleague = make_membership(make_user(name="经办人乙"), organisation)
    sign_in(client, clerk)
    url = f"/employer/registration/clerks/{colleague.pk}/end/"

    assert "请填写原因" in text(client.post(url, {"reason": ""}))
    client.post(url, {"reason": "已调离"})

    colleague.refresh_from_db()
    assert not colleague.is_active


def test_who_asks_to_join_waits_for_the_employer(client, now):
    _, clerk = registered(now)
    user = make_user(name="经办人乙")
    sign_in(client, applicant_actor(user.person))
    client.post("/employers/join/", {"credit_code": CODE, "role": "employer_head"})
    assert "不用重复" in text(client.post("/employers/join/", {"credit_code": CODE, "role": "employer_head"}))

    sign_in(client, clerk)
    assert "经办人乙" in text(client.get("/employer/registration/clerks/"))
    client.post(f"/employer/registration/clerks/requests/{ClerkRequest.objects.get().pk}/", {"answer": "yes"})

    assert Membership.objects.get(user=user).role == Role.EMPLOYER_HEAD


def test_the_blank_letter_is_a_pdf(client):
    sign_in(client, applicant_actor(make_person()))

    response = client.get("/employers/letter/")

    assert response.content.startswith(b"%PDF")
    assert client.get("/employers/letter/").content == response.content


def test_lists_cost_the_same_for_few_and_many(client, now, django_assert_max_num_queries):
    officer = hr_staff()
    organisation, clerk = submitted(now)
    for _ in range(15):
        make_organisation(state="authorisation_submitted")
        make_membership(make_user(), organisation)
    sign_in(client, officer)
    with django_assert_max_num_queries(6):
        client.get("/authority/employers/")
    with django_assert_max_num_queries(8):
        client.get(f"/authority/employers/{organisation.pk}/")
    sign_in(client, clerk)
    for _ in range(5):
        make_file(clerk)
    with django_assert_max_num_queries(6):
        client.get("/employer/registration/clerks/")
    with django_assert_max_num_queries(8):
        client.get("/employer/registration/")


def statements(act) -> int:
    """How many statements a request asks of the database, not counting savepoints."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len([each for each in asked if "SAVEPOINT" not in each["sql"]])


def test_submits_cost_few_queries_however_many_staff_are_told(client, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    officer = hr_staff()
    for _ in range(5):
        make_membership(make_user(), Organisation.objects.get(pk=officer.organisation_id), Role.COUNTY_HR)
    make_region("330106")
    person = make_person()
    sign_in(client, applicant_actor(person))
    assert statements(lambda: client.post("/employers/register/", FORM)) <= 15
    membership = Membership.objects.get(user__person=person)
    client.post("/start/choose/", {"membership": membership.pk})
    letter = {"file": scan(), "valid_until": "2030-12-31"}
    assert statements(lambda: client.post("/employer/registration/", letter)) <= 15
    assert Message.objects.filter(key="organisation.letter_submitted").count() == 6
    sign_in(client, officer)
    organisation = Organisation.objects.get(pk=membership.organisation_id)
    given = {"version": organisation.version, "outcome": "approve", "reason": ""}
    assert statements(lambda: client.post(f"/authority/employers/{organisation.pk}/", given)) <= 15
    organisation.refresh_from_db()
    assert organisation.state == "authorised"
