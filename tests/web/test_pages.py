"""The page decorator: who gets in, which methods, no write in a read, all or nothing in a write (R-394)."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories.people import make_membership
from zhiping.kernel.actor import ANONYMOUS, Actor, Role
from zhiping.organisations.models import Region
from zhiping.web.acting import MEMBERSHIP_KEY
from zhiping.web.pages import Audience, page
from zhiping.web.readonly import WriteInRead

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_pages")]
ROLES = [role for role in Role if role is not Role.SYSTEM]


def visit(audience: Audience, role: Role, method: str = "GET") -> int:
    request = RequestFactory().generic(method, "/somewhere/")
    signed_in = Actor(role=role, name="甲", user_id=1, person_id=1)
    request.actor = ANONYMOUS if role is Role.ANONYMOUS else signed_in
    return page(audience=audience)(lambda request: HttpResponse("ok"))(request).status_code


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_to_its_audience_only(audience, role):
    turned_away = 302 if role is Role.ANONYMOUS else 403

    assert visit(audience, role) == (200 if role in audience.value else turned_away)


def test_a_visitor_is_sent_to_sign_in_and_back():
    request = RequestFactory().get("/somewhere/?page=2")
    request.actor = ANONYMOUS

    response = page(audience=Audience.APPLICANT)(lambda request: HttpResponse("ok"))(request)

    assert response.url == "/accounts/login/?next=/somewhere/%3Fpage%3D2"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_declared_is_405(method):
    assert visit(Audience.PUBLIC, Role.APPLICANT, method) == 405


def test_every_page_tells_its_audience_and_methods():
    view = page(audience=Audience.EXPERT, methods=("GET", "POST"))(lambda request: HttpResponse())

    assert (view.audience, view.methods) == (Audience.EXPERT, ("GET", "POST"))


def test_a_write_in_a_get_is_refused(client):
    with pytest.raises(WriteInRead):
        client.get("/writes/")

    assert not Region.objects.filter(pk="330199").exists()


def test_refused_in_a_post_is_rolled_back_and_told_in_a_sentence(client):
    response = client.post("/refuses/", headers={"referer": "http://testserver/reads/"})

    assert response.status_code == 409
    assert "公示期还差 3 天，期满后再报送。" in response.content.decode()
    assert 'href="http://testserver/reads/"' in response.content.decode()
    assert not Region.objects.filter(pk="330198").exists()


def test_refused_in_a_get_is_told_as_well(client):
    assert client.get("/refuses/").status_code == 409


def test_a_foreign_referrer_is_no_way_back(client):
    response = client.post("/refuses/", headers={"referer": "https://elsewhere.example/"})

    assert "elsewhere" not in response.content.decode()


def test_refused_while_saving_in_passing_is_json(client):
    response = client.post("/refuses/", headers={"X-Autosave": "1"})

    assert (response.status_code, response.json()) == (409, {"sentence": "公示期还差 3 天，期满后再报送。"})


def test_forbidden_is_rolled_back_and_403(client):
    assert client.post("/forbids/").status_code == 403
    assert not Region.objects.filter(pk="330197").exists()


def test_head_is_answered_like_get(client):
    assert client.head("/reads/").status_code == 200


def test_the_frame_names_the_acting_role_and_its_body(client):
    membership = make_membership(role=Role.COUNTY_HR)
    client.force_login(membership.user)
    session = client.session
    session[MEMBERSHIP_KEY] = membership.pk
    session.save()

    shown = client.get("/nothing-here/").content.decode()

    assert "县（市、区）人力社保部门" in shown
    assert membership.organisation.name in shown


def test_a_missing_page_has_a_way_back(client):
    response = client.get("/nothing-here/")

    assert response.status_code == 404
    assert '<a class="btn btn-p" href="/">回首页</a>' in response.content.decode()


def test_a_broken_page_says_whose_fault_it_is_and_tells_nothing_else():
    response = Client(raise_request_exception=False).get("/breaks/")

    assert response.status_code == 500
    assert "这不是您的操作造成的" in response.content.decode()
    assert "RuntimeError" not in response.content.decode()


def test_a_stale_form_is_told_in_words():
    response = Client(enforce_csrf_checks=True).post("/refuses/")

    assert response.status_code == 403
    assert "页面已经过期，没有提交" in response.content.decode()


def test_maintenance_closes_the_door(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert client.get("/reads/").status_code == 200

    (tmp_path / "maintenance").touch()
    response = client.get("/reads/")

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert "平台正在维护" in response.content.decode()
