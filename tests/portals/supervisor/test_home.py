"""What supervision sees on its first page: meetings, publicities and the log of its own region, changed by nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.committees import World
from tests.factories.notices import make_objection, make_publicity
from tests.factories.people import make_organisation, sign_in, staff_actor
from zhiping.auditlog.append_only import protect, unprotect
from zhiping.auditlog.models import LogEntry
from zhiping.jobs.tasks import check_log
from zhiping.kernel.actor import Role
from zhiping.notices.states import PublicityKind

pytestmark = pytest.mark.django_db
HOME = "/supervisor/"


def supervisor(client, region: str = "330000") -> None:
    sign_in(client, staff_actor(make_organisation(region=region), Role.SUPERVISOR))


def text(client, address: str = HOME) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return "".join(answer.content.decode().split())


def test_a_meeting_shows_roll_quorum_and_counts(client, now):
    """R-391: whether a meeting went by the rules is seen without asking its office."""
    meeting = World(now).session(absent=2)
    supervisor(client)

    shown = text(client)
    assert "7/9人" in shown
    assert "不少于6人，符合" in shown
    assert "0/2件" in shown

    case = meeting.cases.select_related("application__person").first()
    detail = text(client, f"/supervisor/meetings/{meeting.pk}/")
    assert case.application.person.name in detail
    assert detail.count("缺席") == 2


def test_another_region_is_not_seen(client, now):
    """The office sits in Hangzhou; supervision of Jiaxing finds neither meeting nor list."""
    world = World(now)
    meeting = world.session()
    make_publicity(now, world.office, actor=world.clerk, kind=PublicityKind.RESULT, names=("公示人甲",))

    supervisor(client, "330400")
    shown = text(client)
    assert "还没有评审会议" in shown
    assert "现在没有公示" in shown
    assert client.get(f"/supervisor/meetings/{meeting.pk}/").status_code == 404

    supervisor(client, "330100")
    shown = text(client)
    assert f"/supervisor/meetings/{meeting.pk}/" in shown
    assert "评后公示" in shown


@pytest.mark.parametrize(
    "role", [Role.COMMITTEE_OFFICE, Role.CITY_HR, Role.SYSTEM_ADMIN, Role.EMPLOYER_CLERK]
)
@pytest.mark.parametrize("page", ["", "objections/", "results/"])
def test_nobody_else_opens_it(client, role, page):
    sign_in(client, staff_actor(make_organisation(region="330000"), role))
    assert client.get(HOME + page).status_code == 403


def test_the_log_says_when_it_was_checked_and_that_it_holds(client, now):
    World(now).meeting()
    supervisor(client)
    assert "还没有核对过" in text(client)

    check = check_log(now)
    assert f"核对了全部{check.sequence}条" in text(client)


def test_a_changed_line_is_told(client, now):
    World(now).meeting()
    supervisor(client)
    unprotect(connection, "auditlog_logentry")
    LogEntry.objects.filter(sequence=2).update(note="改")
    protect(connection, "auditlog_logentry")
    check_log(now)
    shown = text(client)
    assert "有1处不符" in shown
    assert "第2条：内容与指纹不符" in shown


@pytest.mark.parametrize("page", ["", "objections/", "results/"])
def test_pages_take_at_most_six_queries_whatever_there_is(client, now, page):
    world = World(now)
    supervisor(client)

    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(HOME + page).status_code == 200
        return len(context)

    def grow(number: int) -> None:
        for _ in range(number):
            world.session()
            publicity = make_publicity(now, world.office, actor=world.clerk, kind=PublicityKind.RESULT)
            make_objection(publicity, now)

    grow(1)
    few = asked()
    grow(4)
    assert asked() == few
    assert few <= 6
