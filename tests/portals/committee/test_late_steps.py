"""The office gives late desks of its own plans more time, with a reason (R-304)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.applications import make_world, step_of, submitted
from tests.factories.people import sign_in
from zhiping.auditlog.queries import history_of
from zhiping.kernel.clock import beijing_day, end_of

pytestmark = pytest.mark.django_db


def test_office_extends_a_late_desk(client, now, at):
    world, other = make_world(now), make_world(now)
    step = step_of(submitted(now, world))
    late = step.due_at + timedelta(hours=1)
    at(late)
    address = reverse("committee:applications:extend", args=[step.pk])
    sign_in(client, other.officer)
    assert "没有超期的环节" in client.get("/committee/applications/late/").content.decode()
    assert client.get(address).status_code == 404

    sign_in(client, world.officer)
    assert step.application.person.name in client.get("/committee/applications/late/").content.decode()
    assert client.post(address, {"last_day": "2020-01-01", "reason": "系统故障"}).status_code == 422
    assert client.post(address, {"last_day": "", "reason": ""}).status_code == 422
    last = beijing_day(late) + timedelta(days=3)
    assert client.post(address, {"last_day": last.isoformat(), "reason": "系统故障"}).status_code == 302
    step.refresh_from_db()
    assert step.due_at == end_of(last)
    assert history_of(step).get(verb="step.extend").note == "系统故障"


def test_nothing_is_late_before_its_time(client, now, at):
    world = make_world(now)
    step = step_of(submitted(now, world))
    at(step.due_at - timedelta(seconds=1))
    sign_in(client, world.officer)
    assert "没有超期的环节" in client.get("/committee/applications/late/").content.decode()
