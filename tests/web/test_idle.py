"""A sign-in that nobody uses ends, with a page that says so, and what was saved in passing is kept."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.applications import make_draft, make_world
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from zhiping.applications.models import Section
from zhiping.web.idle import SEEN_KEY

pytestmark = pytest.mark.django_db
MINUTE = 60


def rest(client: Client, minutes: float) -> None:
    """Nobody touches the screen for so long."""
    session = client.session
    session[SEEN_KEY] = time.time() - minutes * MINUTE
    session.save()


@pytest.fixture
def clerk(client):
    sign_in(client, staff_actor(make_organisation()))
    return client


@pytest.fixture
def applicant(client):
    sign_in(client, applicant_actor(make_person()))
    return client


def test_staff_are_signed_out_after_half_an_hour(clerk):
    rest(clerk, 29)
    assert clerk.get("/employer/").status_code == 200
    rest(clerk, 31)

    shown = clerk.get("/employer/applications/?state=open")

    assert shown.status_code == 401
    assert "您有 30 分钟没有操作" in shown.content.decode()
    assert "/accounts/login/?next=%2Femployer%2Fapplications%2F%3Fstate%3Dopen" in shown.content.decode()
    assert clerk.get("/employer/").status_code == 302  # the session is gone, not only this page


def test_applicants_have_two_hours(applicant):
    rest(applicant, 119)
    assert applicant.get("/applicant/").status_code == 200
    rest(applicant, 121)

    assert "您有 120 分钟没有操作" in applicant.get("/applicant/").content.decode()


def test_each_click_counts_anew_and_is_noted_at_most_once_a_minute(clerk):
    rest(clerk, 20)
    clerk.get("/employer/")
    noted = clerk.session[SEEN_KEY]
    clerk.get("/employer/")

    assert time.time() - noted < MINUTE
    assert clerk.session[SEEN_KEY] == noted


def test_a_sign_in_that_was_never_noted_begins_now(clerk):
    session = clerk.session
    del session[SEEN_KEY]
    session.save()

    assert clerk.get("/employer/").status_code == 200
    assert time.time() - clerk.session[SEEN_KEY] < MINUTE


def test_the_limits_are_settings(clerk, settings):
    settings.STAFF_IDLE_MINUTES = 5
    rest(clerk, 6)

    assert "您有 5 分钟没有操作" in clerk.get("/employer/").content.decode()


def test_the_clock_of_the_demo_ends_nobodys_work(clerk, now, at):
    at(now + timedelta(days=3))

    assert clerk.get("/employer/").status_code == 200


def test_a_public_page_is_shown_as_to_any_visitor(clerk):
    rest(clerk, 31)

    assert clerk.get("/plans/").status_code == 200
    assert clerk.get("/employer/").status_code == 302


def test_what_was_sent_too_late_is_told_and_the_draft_keeps_what_was_saved(client, now, at):
    at(now)
    draft = make_draft(now, make_world(now))
    sign_in(client, applicant_actor(draft.person))
    url = f"/applicant/applications/{draft.pk}/form/"
    first = client.post(url, {"version": 0, "self_report": "先写的"}, headers={"X-Autosave": "1"})
    assert first.status_code == 200
    rest(client, 121)

    script = client.post(url, {"version": 1, "self_report": "后写的"}, headers={"X-Autosave": "1"})

    assert script.status_code == 409
    assert "请先复制新写的内容" in script.json()["sentence"]
    sign_in(client, applicant_actor(draft.person))
    rest(client, 121)
    page = client.post(url, {"version": 1, "self_report": "后写的"})
    assert page.status_code == 401
    assert "刚才这一次没有提交成功" in page.content.decode()
    assert Section.objects.get(application=draft, key="form").data["self_report"] == "先写的"
