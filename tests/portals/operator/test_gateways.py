"""The administrator sees every outside system and, in the demo, the way to look into its stand-in and break it (issue 3)."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories.people import make_organisation, sign_in, staff_actor
from zhiping.gateways.http import FAILURES, Unreachable, call
from zhiping.kernel.actor import Role
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(client):
    cache.clear()
    sign_in(client, staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN))
    yield
    cache.clear()


def test_what_is_not_connected_says_so(client, settings):
    settings.PAYMENT_URL = ""

    html = client.get(reverse("operator:gateways:list")).content.decode()

    assert "没有接入" in html
    assert "打开替身" not in html


def test_a_system_that_fails_is_shown_and_its_stand_in_is_one_click_away(client, settings, sandbox):
    settings.SANDBOX_URL, settings.PAYMENT_URL = sandbox.base, f"{sandbox.base}/payment"
    sandbox.stand_ins["payment"].switch.turn("down")
    for _ in range(FAILURES):
        with pytest.raises(Unreachable):
            call("GET", f"{settings.PAYMENT_URL}/api/orders/F1-1")

    html = client.get(reverse("operator:gateways:list")).content.decode()

    assert f'href="{sandbox.base}/payment/"' in html
    assert "连续失败，暂停半分钟" in html
