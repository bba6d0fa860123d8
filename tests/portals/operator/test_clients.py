"""The administrator's pages for systems of other bodies (issue 3 §11, R-031)."""

import re

import pytest

from tests.factories.exchange import make_client
from tests.factories.hours import make_authority, make_training_body
from tests.factories.people import make_organisation, sign_in, staff_actor
from zhiping.exchange.models import Client, Endpoint
from zhiping.kernel.actor import Role
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
HOME = "/operator/clients/"


@pytest.fixture(autouse=True)
def admin(client, at, now):
    at(now)
    actor = staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)
    sign_in(client, actor)
    return actor


def text(response) -> str:
    return response.content.decode()


def test_a_system_is_registered_and_its_secret_shown_once(client):
    make_training_body("示范培训学校")
    form = {"body": "示范培训学校", "name": "教务系统", "scopes": ["hours:write"]}

    shown = client.post(f"{HOME}new/", form)

    secret = re.search(r'id="id_secret" value="([^"]+)"', text(shown))[1]
    made = Client.objects.get()
    assert "no-store" in shown["Cache-Control"]
    assert made.identifier in text(shown)
    assert secret not in text(client.get(f"{HOME}{made.pk}/"))
    assert "教务系统" in text(client.get(HOME))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"body": "没有这个单位"}, "没有这个单位"),
        ({"scopes": ["results:read"]}, "不能有这些权限：取评审结果"),
        ({"scopes": []}, "请选择权限"),
    ],
)
def test_a_wrong_registration_is_refused_beside_its_field(client, form, said):
    make_training_body("示范培训学校")
    right = {"body": "示范培训学校", "name": "教务系统", "scopes": ["hours:write"]}

    done = client.post(f"{HOME}new/", right | form)

    assert done.status_code == 422
    assert said in text(done)
    assert not Client.objects.exists()


def test_revoking_wants_a_reason_and_the_newest_version(client, now):
    made, _ = make_client(make_training_body(), now)

    assert client.post(f"{HOME}{made.pk}/", {"reason": "x", "version": 7}).status_code == 422
    assert client.post(f"{HOME}{made.pk}/", {"reason": "", "version": 1}).status_code == 422
    client.post(f"{HOME}{made.pk}/", {"reason": "停止合作", "version": 1})

    made.refresh_from_db()
    assert made.state == "revoked"
    assert "停用系统" not in text(client.get(f"{HOME}{made.pk}/"))


def test_an_endpoint_is_entered_and_switched_off(client, now):
    made, _ = make_client(make_authority(), now)

    shown = client.post(f"{HOME}{made.pk}/endpoints/", {"url": "https://example.gov.cn/hook"})
    endpoint = Endpoint.objects.get()
    again = client.post(f"{HOME}{made.pk}/endpoints/", {"url": "https://example.gov.cn/hook"})

    assert endpoint.secret in text(shown)
    assert endpoint.secret not in text(client.get(f"{HOME}{made.pk}/"))
    assert again.status_code == 422
    client.post(f"{HOME}endpoints/{endpoint.pk}/off/", {"reason": "换地址", "version": 1})
    endpoint.refresh_from_db()
    assert endpoint.state == "off"
    assert client.get(f"{HOME}endpoints/{endpoint.pk}/off/").status_code == 404


@pytest.mark.parametrize("url", ["ftp://a/b", "nothing", "https://user:pw@a/b", "https://"])
def test_an_address_that_is_none_is_refused(client, now, url):
    made, _ = make_client(make_authority(), now)

    assert client.post(f"{HOME}{made.pk}/endpoints/", {"url": url}).status_code == 422
    assert not Endpoint.objects.exists()


def test_outside_the_demo_only_https_is_taken(client, now, settings):
    made, _ = make_client(make_authority(), now)
    settings.DEMO = False

    assert client.post(f"{HOME}{made.pk}/endpoints/", {"url": "http://a.example/b"}).status_code == 422
    assert not Endpoint.objects.exists()


def test_deliveries_are_listed_and_sent_again(client, now):
    made, _ = make_client(make_authority(), now)
    client.post(f"{HOME}{made.pk}/endpoints/", {"url": "https://example.gov.cn/hook"})
    delivery = Endpoint.objects.get().deliveries.get()

    assert delivery.event.number in text(client.get(f"{HOME}deliveries/", {"show": "open"}))
    assert delivery.event.number not in text(client.get(f"{HOME}deliveries/", {"show": "given_up"}))
    done = client.post(f"{HOME}deliveries/{delivery.pk}/replay/", follow=True)
    assert "重发 1 回" in text(done)


def test_pages_take_few_queries(client, now, django_assert_max_num_queries):
    for n in range(12):
        made, _ = make_client(make_authority(f"主管部门{n}"), now)
        client.post(f"{HOME}{made.pk}/endpoints/", {"url": f"https://example.gov.cn/{n}"})
    with django_assert_max_num_queries(6):
        client.get(HOME)
    with django_assert_max_num_queries(6):
        client.get(f"{HOME}deliveries/")
    with django_assert_max_num_queries(8):
        client.get(f"{HOME}{made.pk}/")
