"""Contract of 浙江省事业单位人事工资管理服务系统: our client and jobs against the stand-in, whole and broken (R-214, R-375)."""

import urllib.parse
import urllib.request

import pytest
from django.core.cache import cache

from tests.factories.people import make_organisation, make_person, staff_actor
from tests.factories.posts import level_of, make_institution, make_ledger
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.institutions import HttpInstitutionsGateway
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.posts.models import PostCheck
from zhiping.posts.operations import ask_check, reserve_seat
from zhiping.posts.states import CheckState
from zhiping.posts.tasks import check_posts

KEY = "shared-institutions-key-for-tests"
CENTRE = "嘉善示范检验检测中心"


@pytest.fixture
def stand_in(sandbox):
    cache.clear()
    yield sandbox.stand_ins["institutions"]
    cache.clear()


@pytest.fixture
def gateway(sandbox, stand_in):
    return HttpInstitutionsGateway(f"{sandbox.base}/institutions", KEY, seconds=1)


def alter(sandbox, group, approved, filled, institution=CENTRE):
    """Somebody types other figures on the stand-in's page."""
    told = {"institution": institution, "group": group, "approved": approved, "filled": filled}
    urllib.request.urlopen(
        f"{sandbox.base}/institutions/level", urllib.parse.urlencode(told).encode()
    ).close()


def test_figures_of_a_known_institution_and_of_none(gateway):
    told = gateway.figures(CENTRE)

    assert told.levels["intermediate"] == {"approved": 8, "filled": 7}
    assert not gateway.figures("没有的单位").is_known


def test_a_stranger_is_not_answered(sandbox, stand_in):
    with pytest.raises(Wrong):
        HttpInstitutionsGateway(f"{sandbox.base}/institutions", "another", seconds=1).figures(CENTRE)


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unreachable), ("slow", Unreachable), ("wrong", Wrong), ("half", Unreachable)],
)
def test_a_broken_answer_is_never_taken_for_figures(gateway, stand_in, fault, error):
    stand_in.switch.turn(fault, times=1, seconds=3)

    with pytest.raises(error):
        gateway.figures(CENTRE)
    assert gateway.figures(CENTRE).is_known


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_levels_twice_or_backwards_are_the_same_levels(gateway, stand_in, fault):
    whole = gateway.figures(CENTRE)
    stand_in.switch.turn(fault, times=1)

    assert gateway.figures(CENTRE).levels == whole.levels


@pytest.fixture
def ledger(db, now, at, settings, sandbox, stand_in):
    at(now)
    settings.INSTITUTIONS_URL = f"{sandbox.base}/institutions"
    levels = {"senior_associate": ("20", 4, 3), "intermediate": ("40", 8, 7), "junior": ("40", 8, 6)}
    return make_ledger(now, make_institution(CENTRE), levels=levels, establishment=24, posts=20)


def checked(ledger, now):
    ask_check(ledger=ledger, actor=staff_actor(ledger.institution), now=now)
    run_due()
    return PostCheck.objects.first()


def recommend(ledger, now, number=1):
    return reserve_seat(
        institution=ledger.institution,
        group="intermediate",
        person=make_person(),
        subject_id=number,
        label="工程师",
        year=2026,
        is_checked=True,
        actor=staff_actor(ledger.institution),
        now=now,
    )


def test_the_check_says_same_or_where_it_differs(ledger, now, sandbox):
    """R-375: figures per level, the time, the raw answer."""
    same = checked(ledger, now)
    assert (same.state, same.answered_at) == (CheckState.SAME, now)
    assert same.answer["intermediate"] == {"approved": 8, "filled": 7}
    assert '"intermediate"' in same.raw

    alter(sandbox, "junior", 8, 7)
    other = checked(ledger, now)
    assert (other.state, other.why) == (CheckState.DIFFERENT, "初级及未定级")


def test_no_vacancy_in_the_provinces_system_stops_the_recommendation(ledger, now, sandbox):
    """R-214: 0 vacant there → not recommended, although the ledger has one."""
    alter(sandbox, "intermediate", 8, 8)
    checked(ledger, now)

    with pytest.raises(Refused, match="没有空缺，不能推荐"):
        recommend(ledger, now)
    assert level_of(ledger).reserved == 0

    alter(sandbox, "intermediate", 8, 7)
    checked(ledger, now)
    assert recommend(ledger, now).figures["checked"]["filled"] == 7


@pytest.mark.parametrize("fault", ["down", "wrong", "half"])
def test_a_broken_system_blocks_nobody_and_is_asked_again(ledger, now, stand_in, fault):
    """Say so, retry later, never block, never lose."""
    stand_in.switch.turn(fault, times=1)
    failed = checked(ledger, now)
    assert failed.state == CheckState.FAILED
    assert "稍后自动再问" in failed.why
    assert recommend(ledger, now).figures["approved"] == 8

    [again] = Job.objects.filter(kind="posts.check", done_at=None)
    check_posts(**again.payload)
    failed.refresh_from_db()
    assert failed.state == CheckState.SAME


def test_asking_twice_is_one_question_and_strangers_ask_nothing(ledger, now):
    clerk = staff_actor(ledger.institution)

    assert ask_check(ledger=ledger, actor=clerk, now=now) == ask_check(ledger=ledger, actor=clerk, now=now)
    with pytest.raises(Forbidden):
        ask_check(ledger=ledger, actor=staff_actor(make_organisation()), now=now)
    assert Job.objects.filter(kind="posts.check").count() == 1


def test_without_a_connection_the_check_says_so(ledger, now, settings):
    settings.INSTITUTIONS_URL = ""

    assert checked(ledger, now).why == "平台还没有接入省系统"
