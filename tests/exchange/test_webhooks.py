"""Events reach who may hear of them, signed, once however often they are sent, and are not lost (issue 3 §11)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from tests.factories.committees import World
from tests.factories.exchange import administrator, make_client
from tests.factories.people import make_organisation
from tests.portals.api.test_plans import certify
from zhiping.auditlog.models import LogEntry
from zhiping.certificates.states import CertificateState
from zhiping.certificates.tasks import announce_certificate
from zhiping.exchange import tasks
from zhiping.exchange.models import Delivery, Endpoint, Event
from zhiping.exchange.operations import add_endpoint, replay_delivery, revoke_client, switch_off_endpoint
from zhiping.exchange.states import EndpointState
from zhiping.jobs.models import Job
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(at):
    """The machine's time, in which the stand-in lives."""
    moment = datetime.now(UTC)
    at(moment)
    cache.clear()
    yield moment
    cache.clear()


@pytest.fixture
def receiver(sandbox):
    return sandbox.stand_ins["webhook"]


@pytest.fixture
def bureau():
    return make_organisation("区局", kind=OrganisationKind.HR_AUTHORITY, region="330106")


def listen(body, receiver, now, *, with_key=True) -> Endpoint:
    client, _ = make_client(body, now)
    endpoint, secret = add_endpoint(
        client=client, url=f"{receiver.base}/hook", actor=administrator(), now=now
    )
    if with_key:
        receiver.around.shelf.put("key", "key", {"text": secret})
    send_all()
    endpoint.refresh_from_db()
    return endpoint


def send_all():
    for key in list(Delivery.objects.filter(delivered_at=None).values_list("pk", flat=True)):
        tasks.deliver(delivery_id=key)


def issued(now, region="330106", number="A1", world=None, **fields):
    world = world or World(now)
    certificate = certify(world, make_organisation(region=region), number, **fields)
    ended = certificate.state != CertificateState.VALID
    announce_certificate(certificate_id=certificate.pk, ended=ended)
    return certificate


def taken(receiver):
    return receiver.around.shelf.all("event")


def test_an_endpoint_proves_itself_before_anything_is_sent(bureau, receiver, now):
    receiver.switch.turn("down", times=1)
    endpoint = listen(bureau, receiver, now)
    assert endpoint.state == EndpointState.WAITING
    certificate = issued(now)
    assert not Event.objects.filter(subject=certificate.number).exclude(deliveries=None).exists()

    send_all()

    endpoint.refresh_from_db()
    assert endpoint.state == EndpointState.VERIFIED


def test_a_certificate_is_told_of_without_naming_its_holder(bureau, receiver, now):
    listen(bureau, receiver, now)
    certificate = issued(now)

    send_all()

    [event] = taken(receiver)
    assert event["type"] == "certificate.issued"
    assert event["data"]["number"] == "A1"
    assert event["times"] == 1
    assert certificate.holder_name not in str(event)


def test_a_revocation_is_an_event_of_its_own(bureau, receiver, now):
    listen(bureau, receiver, now)
    certificate = issued(now, state=CertificateState.REVOKED)
    announce_certificate(certificate_id=certificate.pk, ended=False)
    announce_certificate(certificate_id=certificate.pk, ended=True)  # the job ran twice

    send_all()

    assert sorted(each["type"] for each in taken(receiver)) == ["certificate.issued", "certificate.revoked"]
    assert {each["times"] for each in taken(receiver)} == {1}


def test_a_body_hears_of_nobody_outside_its_reach(bureau, receiver, now):
    listen(bureau, receiver, now)
    issued(now, region="330402")

    send_all()

    assert taken(receiver) == []
    assert not Delivery.objects.filter(event__kind="certificate.issued").exists()


@pytest.mark.parametrize("fault", ["down", "slow", "wrong", "half"])
def test_a_broken_receiver_hears_of_it_later_and_counts_it_once(bureau, receiver, now, fault, monkeypatch):
    monkeypatch.setattr(tasks, "SECONDS", 1.0)
    listen(bureau, receiver, now)
    issued(now)
    receiver.switch.turn(fault, times=1, seconds=2)

    send_all()
    delivery = Delivery.objects.get(event__kind="certificate.issued")
    assert delivery.delivered_at is None
    assert delivery.attempts == 1
    assert delivery.error
    again = Job.objects.get(key=f"webhook-{delivery.pk}-0-1")
    assert again.due_at > datetime.now(UTC) + timedelta(seconds=50)
    send_all()

    delivery.refresh_from_db()
    assert delivery.delivered_at
    assert len(taken(receiver)) == 1


def test_after_eight_failures_a_person_sends_it_again_under_the_same_number(bureau, receiver, now):
    listen(bureau, receiver, now)
    issued(now)
    receiver.switch.turn("wrong")
    for _ in range(8):
        send_all()
    delivery = Delivery.objects.get(event__kind="certificate.issued")
    assert delivery.given_up_at
    assert not Job.objects.filter(key=f"webhook-{delivery.pk}-0-8").exists()
    receiver.switch.turn("none")

    replay_delivery(delivery=delivery, actor=administrator(), now=now)
    send_all()
    replay_delivery(delivery=delivery, actor=administrator(), now=now)
    send_all()

    delivery.refresh_from_db()
    assert (delivery.replays, bool(delivery.delivered_at)) == (2, True)
    [event] = taken(receiver)
    assert event["id"] == delivery.event.number
    assert LogEntry.objects.filter(verb="delivery.replay").count() == 2


def test_what_is_signed_with_another_key_or_long_ago_is_refused(bureau, receiver, now, at):
    listen(bureau, receiver, now)
    issued(now)
    at(now - timedelta(minutes=6))
    send_all()
    assert taken(receiver) == []
    at(now)
    receiver.around.shelf.put("key", "key", {"text": "another"})
    send_all()
    assert taken(receiver) == []
    assert "401" in Delivery.objects.get(event__kind="certificate.issued").error


def test_nothing_goes_to_what_was_switched_off_or_revoked(bureau, receiver, now):
    endpoint = listen(bureau, receiver, now)
    world = World(now)
    issued(now, world=world)
    switch_off_endpoint(
        endpoint=endpoint, reason="换地址", version=endpoint.version, actor=administrator(), now=now
    )
    send_all()
    delivery = Delivery.objects.get(event__kind="certificate.issued")
    with pytest.raises(Refused):
        replay_delivery(delivery=delivery, actor=administrator(), now=now)
    revoke_client(client=endpoint.client, reason="停止合作", version=1, actor=administrator(), now=now)
    issued(now, number="A2", world=world)
    send_all()

    assert taken(receiver) == []


def test_only_the_administrator_keeps_clients(bureau, now):
    client, _ = make_client(bureau, now)
    official = World(now).official

    with pytest.raises(Forbidden):
        add_endpoint(client=client, url="https://a.example/b", actor=official, now=now)
    with pytest.raises(Forbidden):
        revoke_client(client=client, reason="x", version=1, actor=official, now=now)
