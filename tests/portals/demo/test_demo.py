"""The demo's own pages: sign-in by one click, the tour, the clock; none of them anywhere else (R-393)."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.factories.committees import World
from tests.factories.notices import make_publicity
from tests.factories.people import make_membership, make_organisation, make_user
from tests.factories.plans import make_plan
from zhiping.auditlog.models import LogEntry
from zhiping.committees.models import Meeting
from zhiping.kernel import clock
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import BEIJING, DEMO_START
from zhiping.portals.demo import deadlines, world
from zhiping.portals.demo.accounts import all_logins
from zhiping.portals.demo.story import CRAFT, PURPOSES, STORY
from zhiping.web.acting import MEMBERSHIP_KEY

pytestmark = pytest.mark.django_db
GETS = ["/demo/", "/demo/tour/", "/demo/components/"]
POSTS = ["/demo/clock/", "/demo/login/demo-a/"]


@pytest.fixture(autouse=True)
def _own_clock(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    clock.set_demo_time(DEMO_START)


def beijing(moment: datetime) -> str:
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def test_outside_the_demo_there_is_nothing(client, settings):
    make_user(username="demo-a")
    settings.DEMO = False

    assert {path: client.get(path).status_code for path in GETS} == dict.fromkeys(GETS, 404)
    assert {path: client.post(path, {"move": "reset"}).status_code for path in POSTS} == dict.fromkeys(
        POSTS, 404
    )
    assert "_auth_user_id" not in client.session


def test_outside_the_demo_no_page_has_the_bar(client, settings):
    settings.DEMO = False

    assert "/demo/clock/" not in client.get("/nothing-here/").content.decode()


def test_every_login_is_listed_by_role_with_its_purpose(client):
    make_user(username="demo-a", name="申报人甲")
    make_membership(make_user(username="demo-c", name="审核岗丙"), role=Role.COUNTY_HR)
    make_user(username="someone", name="真实用户")

    page = client.get("/demo/").content.decode()

    assert page.index("申报人甲") < page.index("审核岗丙")
    assert PURPOSES[Role.COUNTY_HR] in page
    assert "真实用户" not in page


def test_an_account_with_two_roles_has_two_buttons():
    user = make_user(username="demo-two")
    make_membership(user, role=Role.COMMITTEE_OFFICE)
    make_membership(user, make_organisation(), role=Role.EMPLOYER_CLERK)
    make_membership(user, make_organisation(), role=Role.CITY_HR, is_active=False)

    assert [each.role for each in all_logins()] == [Role.EMPLOYER_CLERK, Role.COMMITTEE_OFFICE]


def test_the_list_costs_the_same_for_one_and_for_many(client, django_assert_num_queries):
    for number in range(4):
        make_membership(make_user(username=f"demo-{number}"), role=Role.COUNTY_HR)

        with django_assert_num_queries(2):
            all_logins()


def test_one_click_signs_in_by_the_membership_and_is_logged(client):
    membership = make_membership(make_user(username="demo-c"), role=Role.COUNTY_HR)

    response = client.post("/demo/login/demo-c/", {"membership": membership.pk})

    assert response.status_code == 302
    assert client.session[MEMBERSHIP_KEY] == membership.pk
    assert client.get("/demo/").wsgi_request.actor.role == Role.COUNTY_HR
    assert LogEntry.objects.get(verb="user.demo_sign_in").actor_role == "county_hr"


def test_an_applicant_signs_in_for_themselves(client):
    user = make_user(username="demo-a")

    client.post("/demo/login/demo-a/")

    assert client.get("/demo/").wsgi_request.actor.person_id == user.person_id


@pytest.mark.parametrize("fields", [{"username": "someone"}, {"username": "demo-a", "is_active": False}])
def test_only_accounts_of_the_demo_can_be_clicked(client, fields):
    make_user(**fields)

    assert client.post(f"/demo/login/{fields['username']}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_membership_of_another_is_not_taken(client):
    make_user(username="demo-a")
    foreign = make_membership(role=Role.SYSTEM_ADMIN)

    assert client.post("/demo/login/demo-a/", {"membership": foreign.pk}).status_code == 404


def test_signing_in_by_a_link_is_not_possible(client):
    make_user(username="demo-a")

    assert client.get("/demo/login/demo-a/").status_code == 405


def test_the_tour_tells_every_chapter(client):
    page = client.get("/demo/tour/").content.decode()

    assert all(chapter.title in page and chapter.act in page for chapter in STORY)
    assert "«undefined" not in page


def test_the_tour_signs_in_by_the_logins_of_the_chapter_and_opens_its_page(client):
    membership = make_membership(make_user(username="demo-craft-office-a"), role=Role.COMMITTEE_OFFICE)

    page = client.get("/demo/tour/").content.decode()

    assert 'action="/demo/login/demo-craft-office-a/"' in page
    assert f'name="membership" value="{membership.pk}"' in page
    answer = client.post(
        "/demo/login/demo-craft-office-a/", {"membership": membership.pk, "next": "/committee/"}
    )
    assert answer.url == "/committee/"


def test_the_tour_opens_this_years_plan_of_the_story(client):
    old = make_plan(slug=CRAFT, year=2021)
    make_plan(slug="this-year", year=2025, rolled_from=old)

    page = client.get("/demo/tour/").content.decode()

    assert 'href="/plans/this-year/"' in page


def test_the_tour_names_only_logins_that_the_world_makes():
    said = " ".join(path.read_text() for path in Path(world.__file__).parent.glob("*.yaml"))
    derived = {
        "lishui-office-a": "office: lishui-office,",
        "craft-office-a": "office: craft-office,",
        "craft-expert-1": "experts_login: craft-expert,",
    }

    for chapter in STORY:
        for login in chapter.logins:
            assert derived.get(login, f"login: {login},") in said or f"login: {login}\n" in said, login


def test_sign_in_never_sends_people_elsewhere(client):
    make_user(username="demo-a")

    assert client.post("/demo/login/demo-a/", {"next": "https://elsewhere.example/"}).url.startswith("/")


def test_the_clock_moves_to_the_next_working_morning(client):
    """From Friday 2026-03-06 to Monday: the weekend is passed over."""
    clock.set_demo_time(datetime(2026, 3, 6, 15, 0, tzinfo=BEIJING))

    response = client.post("/demo/clock/", {"move": "workday", "next": "/demo/tour/"})

    assert response.url == "/demo/tour/"
    assert beijing(clock.now()) == "2026-03-09 09:00"


def test_the_clock_moves_to_a_chosen_day_and_back_to_the_first(client):
    client.post("/demo/clock/", {"move": "date", "day": "2026-05-08"})
    assert beijing(clock.now()) == "2026-05-08 09:00"

    client.post("/demo/clock/", {"move": "reset"})
    assert beijing(clock.now()) == "2026-03-02 09:00"


@pytest.mark.parametrize(
    "data", [{"move": "date", "day": "明天"}, {"move": "date"}, {"move": "sideways"}, {}]
)
def test_a_move_that_cannot_be_read_is_refused_in_words(client, data):
    response = client.post("/demo/clock/", data)

    assert response.status_code == 409
    assert beijing(clock.now()) == "2026-03-02 09:00"


def test_the_clock_never_sends_people_elsewhere(client):
    assert client.post("/demo/clock/", {"move": "workday", "next": "https://elsewhere.example/"}).url == "/"


def test_the_clock_goes_to_the_earliest_of_all_deadlines(client, monkeypatch):
    soon = datetime(2026, 3, 11, 0, 0, tzinfo=BEIJING)
    told = [(soon + timedelta(days=9), "单位公示期满"), (soon, "个人申报截止")]
    monkeypatch.setattr(deadlines, "PROVIDERS", tuple(lambda now, each=each: iter([each]) for each in told))

    page = client.post(
        "/demo/clock/", {"move": "deadline", "next": "/demo/tour/"}, follow=True
    ).content.decode()

    assert beijing(clock.now()) == "2026-03-11 00:00"
    assert "平台时间已到 2026-03-11 00:00。个人申报截止。" in page


def test_without_a_deadline_the_clock_says_so(client):
    response = client.post("/demo/clock/", {"move": "deadline"})

    assert response.status_code == 409
    assert "后面没有期限了" in response.content.decode()


def test_moving_the_clock_does_what_the_new_day_brings(client, monkeypatch):
    ran = []
    monkeypatch.setattr("zhiping.jobs.queue._periodic", {"test.tick": ran.append})

    client.post("/demo/clock/", {"move": "workday"})

    assert [beijing(moment) for moment in ran] == ["2026-03-03 09:00"]


def test_a_publicity_ends_at_midnight_of_its_last_day():
    """Posted on Monday 2026-03-02, five working days after it: until Monday 2026-03-09, 24:00."""
    publicity = make_publicity(clock.now())

    ends = datetime(2026, 3, 10, 0, 0, tzinfo=BEIJING)
    assert list(deadlines.publicity_ends(clock.now())) == [(ends, f"{publicity.title}期满")]
    assert list(deadlines.publicity_ends(ends)) == []


def test_windows_of_published_plans_open_and_close():
    later = make_plan(days={"applicant": (date(2026, 3, 20), date(2026, 4, 20)), "unit": (None, None)})
    make_plan(state="draft", days={"applicant": (date(2026, 3, 10), date(2026, 3, 15)), "unit": (None, None)})

    opening, closing = (
        next(deadlines.window_openings(clock.now())),
        next(deadlines.window_closings(clock.now())),
    )

    assert opening[0] == datetime(2026, 3, 20, 0, 0, tzinfo=BEIJING)
    assert closing[0] == datetime(2026, 4, 21, 0, 0, tzinfo=BEIJING)
    assert opening[1].startswith(later.name)
    assert deadlines.next_deadline(clock.now()) == opening


def test_the_clock_knows_the_morning_of_the_next_meeting():
    """Before its day no session can be opened, so somebody playing the office must be able to get there."""
    planned = World(clock.now()).meeting()
    Meeting.objects.filter(pk=planned.pk).update(held_on=date(2026, 3, 12))

    morning = datetime(2026, 3, 12, 9, 0, tzinfo=BEIJING)
    assert list(deadlines.meetings_to_come(clock.now())) == [
        (morning, f"{planned.committee.name}评审会议召开")
    ]
    assert list(deadlines.meetings_to_come(morning)) == []
