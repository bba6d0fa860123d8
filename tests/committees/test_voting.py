"""The secret vote: who, once, unlinkable, unalterable, counted by two thirds (art. 20, R-328)."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.committees import World, expert_actor
from tests.factories.people import make_organisation, staff_actor
from zhiping.applications.states import ApplicationState
from zhiping.auditlog.models import LogEntry
from zhiping.auditlog.queries import history_of
from zhiping.committees import models as tables
from zhiping.committees.models import Ballot, BallotCode
from zhiping.committees.operations import meeting as meetings
from zhiping.committees.operations.voting import (
    cast_ballots,
    close_round,
    open_rounds,
    recount,
    void_round,
)
from zhiping.committees.states import Choice
from zhiping.identity.models import Person, User
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now):
    return World(now)


def vote(round_, codes, agree, against=0, case=None):
    """Cast `agree` yes and `against` no ballots with the first codes, the same on every case."""
    cases = [c.pk for c in round_.cases.all()]
    for code, choice in zip(codes, [Choice.AGREE] * agree + [Choice.AGAINST] * against, strict=False):
        cast_ballots(code=code, choices=dict.fromkeys(cases, choice))


def test_a_case_passes_with_six_of_nine_and_the_application_with_it(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    vote(round_, codes, agree=6, against=3)

    close_round(round_=round_, actor=world.clerk, now=world.now)

    case = session.cases.get()
    assert (case.base, case.agree, case.against, case.abstain, case.passed) == (9, 6, 3, 0, True)
    assert case.application.state == ApplicationState.PASSED
    entry = history_of(case.application).last()
    assert entry.details == {"base": 9, "agree": 6, "against": 3, "abstain": 0}


def test_a_ballot_that_was_never_cast_counts_as_not_agreeing(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    vote(round_, codes, agree=5)

    close_round(round_=round_, actor=world.clerk, now=world.now)

    assert session.cases.get().passed is False
    assert session.cases.get().application.state == ApplicationState.NOT_PASSED


def test_absent_members_get_no_code_and_leave_the_base(world):
    session = world.session(cases=1, absent=3)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)

    assert len(codes) == 6
    vote(round_, codes, agree=4, against=2)
    close_round(round_=round_, actor=world.clerk, now=world.now)
    assert session.cases.get().passed is True


def test_a_recused_member_makes_a_round_of_its_own_with_one_code_less(world):
    session = world.meeting(cases=3)
    member = session.seats.first().member
    second = session.cases.all()[1]
    meetings.declare_recusal(
        case=second, member=member, reason="师生关系", actor=expert_actor(member), now=world.now
    )
    meetings.start_roll_call(meeting=session, actor=world.clerk, now=world.now)
    everyone = set(session.seats.values_list("pk", flat=True))
    meetings.call_roll(meeting=session, present=everyone, actor=world.clerk, now=world.now)
    meetings.open_session(meeting=session, actor=world.clerk, now=world.now)

    printed = open_rounds(meeting=session, actor=world.clerk, now=world.now)

    assert [(len(codes), round_.cases.count()) for round_, codes in printed] == [(9, 2), (8, 1)]


def test_a_code_works_once_and_only_with_a_choice_for_every_case(world):
    session = world.session(cases=2)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    first, second = (c.pk for c in round_.cases.all())
    with pytest.raises(Refused, match="每一件都要选"):
        cast_ballots(code=codes[0], choices={first: Choice.AGREE})
    with pytest.raises(Refused, match="每一件都要选"):
        cast_ballots(code=codes[0], choices={first: Choice.AGREE, second: "perhaps"})

    cast_ballots(
        code=codes[0].lower().replace("-", " "), choices={first: Choice.AGREE, second: Choice.ABSTAIN}
    )

    with pytest.raises(Refused, match="已经用过"):
        cast_ballots(code=codes[0], choices={first: Choice.AGREE, second: Choice.AGREE})
    assert Ballot.objects.count() == 2


def test_a_guessed_code_or_one_of_a_closed_round_is_refused(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    case = session.cases.get().pk
    close_round(round_=round_, actor=world.clerk, now=world.now)

    for code in ("AAAA-AAAA-AAAA", codes[0]):
        with pytest.raises(Refused, match="没有这个表决码，或本轮投票已经截止"):
            cast_ballots(code=code, choices={case: Choice.AGREE})
    assert not Ballot.objects.exists()


def test_the_whole_database_holds_no_code_and_no_path_from_ballot_to_person(world):
    """Every column of every table is searched for the printed codes; no key leads from the box to people."""
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    vote(round_, codes, agree=9)
    close_round(round_=round_, actor=world.clerk, now=world.now)
    dump = whole_database()

    assert codes[0].replace("-", "") not in dump.replace("-", "")
    assert round_.salt in dump  # the search does find what is there
    for table in (Ballot, BallotCode):
        names = {field.name for field in table._meta.get_fields()}
        assert not names & {"member", "person", "user", "session", "at", "cast_at", "created_at"}
        assert not {f.related_model for f in table._meta.get_fields() if f.is_relation} & {
            Person, User, tables.Member, tables.Seat, tables.Recusal, tables.GroupOpinion,
        }  # fmt: skip


def test_casting_writes_nothing_but_the_box(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    before = LogEntry.objects.count()

    vote(round_, codes, agree=1)

    assert LogEntry.objects.count() == before


def test_a_changed_ballot_is_found_at_the_recount(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    vote(round_, codes, agree=5, against=4)
    close_round(round_=round_, actor=world.clerk, now=world.now)
    round_.refresh_from_db()
    assert recount(round_, codes) == []

    victim = round_.ballots.filter(choice=Choice.AGAINST).first()
    Ballot.objects.filter(pk=victim.pk).update(choice=Choice.AGREE)

    assert recount(round_, codes) == [
        "票箱与计票时记入日志的指纹不符",
        f"票 {victim.mark} 的选择与投票时不符",
    ]


def test_a_stuffed_ballot_has_no_slip(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    vote(round_, codes, agree=9)

    found = recount(round_, codes[1:])

    assert len(found) == 1
    assert "没有对应的纸条" in found[0]


def test_a_void_round_is_voted_again_with_new_codes(world):
    session = world.session(cases=1)
    [(round_, codes)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    vote(round_, codes, agree=9)
    with pytest.raises(Refused, match="作废的原因"):
        void_round(round_=round_, reason=" ", actor=world.clerk, now=world.now)

    round_.refresh_from_db()
    void_round(round_=round_, reason="一张纸条遗失", actor=world.clerk, now=world.now)
    [(second, new)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)

    assert second.number == 2
    assert not set(new) & set(codes)
    with pytest.raises(Refused, match="没有这个表决码"):
        cast_ballots(code=codes[0], choices={session.cases.get().pk: Choice.AGREE})


def test_a_counted_round_cannot_be_made_void(world):
    session = world.session(cases=1)
    [(round_, _)] = open_rounds(meeting=session, actor=world.clerk, now=world.now)
    close_round(round_=round_, actor=world.clerk, now=world.now)

    with pytest.raises(Refused, match="已经计票"):
        void_round(round_=round_, reason="不满意", actor=world.clerk, now=world.now)


def test_too_few_voters_are_refused_because_the_result_would_tell(world):
    session = world.session(cases=1, size=7, absent=2)
    member = session.seats.first().member
    meetings.declare_recusal(
        case=session.cases.get(), member=member, reason="亲属", actor=expert_actor(member), now=world.now
    )

    with pytest.raises(Refused, match="少于 5 人，无法保密"):
        open_rounds(meeting=session, actor=world.clerk, now=world.now)


def test_only_the_own_office_opens_and_closes_and_only_in_session(world, now):
    session = world.session(cases=1)

    other_office = make_organisation("另一办公室", kind="committee_office")

    other = staff_actor(other_office, Role.COMMITTEE_OFFICE)
    with pytest.raises(Forbidden):
        open_rounds(meeting=session, actor=other, now=now)
    planned = world.meeting(cases=1)
    with pytest.raises(Refused, match="锁定签到开会以后才能表决"):
        open_rounds(meeting=planned, actor=world.clerk, now=now)


def test_two_thirds_is_a_constraint_of_the_database_too(world):
    session = world.session(cases=1)
    case = session.cases.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        type(case).objects.filter(pk=case.pk).update(base=9, agree=5, against=4, abstain=0, passed=True)


def whole_database() -> str:
    """Every value of every row as text."""
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(text)
