"""The administrator's log of what was sent: masked, filtered, sent again (R-022, R-376)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.people import make_organisation, make_person, sign_in, staff_actor
from zhiping.kernel.actor import Role
from zhiping.messaging.models import Echo
from zhiping.messaging.states import Outcome
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    actor = staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)
    sign_in(client, actor)
    return actor


def make_echo(now, **fields):
    values = {
        "channel": "sms",
        "key": "organisation.letter_approved",
        "template": "100101",
        "text": "示范机械有限公司的秘密",
        "address": "13800001234",
        "made_at": now,
        "due_at": now,
        **fields,
    }
    return Echo.objects.create(person=make_person(), **values)


def text(response) -> str:
    return response.content.decode()


@pytest.mark.usefixtures("admin")
def test_the_log_masks_numbers_and_keeps_the_words_to_itself(client, now):
    make_echo(now)
    make_echo(now, channel="email", key="application.closing", address="shenbao@example.com")
    shown = text(client.get("/operator/messages/"))

    assert "授权委托证明通过" in shown
    assert "138****1234" in shown
    assert "s***@example.com" in shown
    for secret in ("13800001234", "shenbao@", "示范机械"):
        assert secret not in shown


@pytest.mark.usefixtures("admin")
def test_the_log_is_filtered_by_what_became_of_it(client, now):
    make_echo(now)
    make_echo(now, outcome=Outcome.FAILED, key="application.returned", error="TimeoutError")
    shown = text(client.get("/operator/messages/?outcome=failed&channel=sms"))

    assert "申报被退回" in shown
    assert "授权委托证明通过" not in shown
    assert text(client.get("/operator/messages/?outcome=nonsense")).count("重发") == 1


@pytest.mark.usefixtures("admin")
def test_what_failed_is_sent_again_once(client, now):
    echo = make_echo(now, outcome=Outcome.FAILED)
    for _ in range(2):
        assert client.post(f"/operator/messages/{echo.pk}/again/", {"round": "1"}).status_code == 302
    echo.refresh_from_db()
    assert (echo.outcome, echo.round) == (Outcome.WAITING, 2)

    assert client.post(f"/operator/messages/{echo.pk}/again/", {"round": "2"}).status_code == 409
    assert client.post(f"/operator/messages/{echo.pk}/again/", {}).status_code == 409
    assert client.post("/operator/messages/999999/again/", {"round": "1"}).status_code == 404


@pytest.mark.usefixtures("admin")
def test_the_log_asks_as_much_for_one_as_for_many(client, now):
    make_echo(now)
    with CaptureQueriesContext(connection) as one:
        client.get("/operator/messages/")
    for _ in range(15):
        make_echo(now)
    with CaptureQueriesContext(connection) as many:
        client.get("/operator/messages/")

    assert len(one) == len(many) <= 6


@pytest.mark.usefixtures("admin")
def test_every_template_is_shown_with_sample_words(client):
    shown = text(client.get("/operator/messages/templates/"))

    assert "【示范人力社保】您的职称申报应缴评审费180.00元，请在2026-04-30 24:00前登录平台缴费" in shown
    assert "必发" in shown
    assert "22:00" in shown
    assert "{" not in shown.partition("<main")[2]


def test_nobody_else_reads_the_log(client, now):
    make_echo(now)
    sign_in(client, staff_actor(make_organisation(), Role.EMPLOYER_CLERK))

    assert client.get("/operator/messages/").status_code == 403
    assert client.get("/operator/messages/templates/").status_code == 403
