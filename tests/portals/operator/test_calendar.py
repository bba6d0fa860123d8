"""The working calendar's pages."""

import pytest

from tests.factories.people import make_organisation, sign_in, staff_actor
from tests.factories.plans import make_office
from tests.portals.public.test_plans import text_of
from zhiping.kernel.actor import Role
from zhiping.kernel.models import CalendarYear
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
LIST = "/operator/calendar/"


@pytest.fixture
def desk(client):
    sign_in(client, staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN))
    return client


def test_the_next_year_is_entered_with_its_document(desk):
    """R-392: the calendar is data, with the document it rests on."""
    assert "录入 2027 年" in text_of(desk.get(LIST))

    desk.post(f"{LIST}2027/", {"year": "2027", "basis": "示例〔2026〕1号", "lines": "2027-01-01 休 元旦"})

    page = text_of(desk.get(LIST))
    assert "2027 年" in page
    assert "示例〔2026〕1号" in page
    assert "2027-01-01 休 元旦" in text_of(desk.get(f"{LIST}2027/"))


def test_a_known_year_shows_its_days(desk):
    assert "2022-04-02 班" in text_of(desk.get(f"{LIST}2022/"))


def test_what_cannot_be_read_stays_in_the_form(desk):
    response = desk.post(f"{LIST}2027/", {"year": "2027", "basis": "文", "lines": "元旦放假一天"})

    assert response.status_code == 422
    assert "第 1 行“元旦放假一天”看不懂" in text_of(response)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_nobody_else_sees_or_enters_it(client):
    sign_in(client, staff_actor(make_office(), Role.COMMITTEE_OFFICE))

    assert client.get(LIST).status_code == 403
    assert (
        client.post(f"{LIST}2027/", {"year": "2027", "basis": "文", "lines": "2027-01-01 休"}).status_code
        == 403
    )
    assert not CalendarYear.objects.filter(year=2027).exists()
