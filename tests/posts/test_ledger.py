"""The ledger changes only by what the institution proposes and the post authority approves (R-020, R-212…R-227)."""

from decimal import Decimal

import pytest

from tests.factories.people import make_membership, make_organisation, make_person, staff_actor
from tests.factories.posts import (
    figures_for,
    level_of,
    make_authority,
    make_institution,
    make_ledger,
    post_officer,
    proposed,
)
from zhiping.auditlog.queries import history_of
from zhiping.identity.models import User
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.posts.figures import ExchangeRule, by_ratio
from zhiping.posts.operations import (
    approve_change,
    open_ledger,
    propose_exchange,
    propose_figures,
    propose_pooled,
    reserve_seat,
    return_change,
    sign_pooled_change,
    withdraw_change,
)
from zhiping.posts.queries import visible_to
from zhiping.posts.states import ChangeState, LedgerState

pytestmark = pytest.mark.django_db
THREE_FOR_TWO = ExchangeRule("three_for_two", "退三进二", 3, 2, "退出三个，可进两个", "附件3 注")
WHY = "三名同志退休，经竞聘进两名，已报岗位管理部门。"


def recommend(ledger, now, number, group="intermediate"):
    clerk = staff_actor(ledger.institution)
    return reserve_seat(
        institution=ledger.institution,
        group=group,
        person=make_person(f"申报人{number}"),
        subject_id=number,
        label=f"2025-{number}",
        year=2026,
        actor=clerk,
        now=now,
    )


def test_reported_figures_count_only_once_the_authority_approved_them(now):
    """R-212, R-217: approved 16, filled 13 → 3 vacant; nothing before the approval."""
    authority = make_authority()
    ledger, change = proposed(now, make_institution(), authority)
    assert (ledger.state, level_of(ledger).approved) == (LedgerState.NEW, 0)

    approve_change(change=change, opinion="一致", version=None, actor=post_officer(authority), now=now)

    ledger.refresh_from_db()
    level = level_of(ledger)
    assert (ledger.state, ledger.establishment, ledger.posts) == (LedgerState.IN_FORCE, 50, 40)
    assert (level.approved, level.filled, level.vacancy, level.free) == (16, 13, 3, 3)
    verbs = list(history_of(change).values_list("verb", flat=True))
    assert verbs == ["post_change.propose", "post_change.approve"]


@pytest.mark.parametrize(("approved", "filled", "vacancy"), [(12, 9, 3), (9, 10, -1)])
def test_a_vacancy_is_positive_and_over_quota_is_negative(now, approved, filled, vacancy):
    """R-217, C-75."""
    ledger = make_ledger(now, levels={"intermediate": ("40", approved, filled)})

    assert level_of(ledger).vacancy == vacancy
    assert level_of(ledger).free == max(0, vacancy)


def test_the_number_by_ratio_and_employed_stands_beside_the_approved_one():
    """R-225, C-63: 30 employed at 40 % give 12."""
    assert by_ratio(Decimal(40), 30) == 12


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"establishment": 30}, "超过编制数"),
        ({"levels": {"intermediate": ("40", 41, 0)}}, "超过专业技术岗位总数"),
        ({"levels": {"intermediate": ("40", 17, 0)}}, "按核准比例"),
        ({"levels": {"intermediate": ("60", 1, 0), "junior": ("50", 1, 0)}}, "超过 100%"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(now, fields, words):
    """R-212: within the approved structure ratio."""
    with pytest.raises(Refused, match=words):
        proposed(now, make_institution(), make_authority(), **fields)


def test_only_the_institution_proposes_and_only_its_authority_approves(now):
    """R-020; nobody approves what they proposed, even if they act for both bodies."""
    authority, institution = make_authority(), make_institution()
    ledger, change = proposed(now, institution, authority)
    stranger = staff_actor(make_organisation())
    double = change.proposed_by
    make_membership(User.objects.get(person=double), authority, Role.COUNTY_HR)

    with pytest.raises(Forbidden):
        propose_figures(ledger=ledger, figures=figures_for(), reason="x", actor=stranger, now=now)
    for actor in (
        stranger,
        staff_actor(institution),
        post_officer(make_authority()),
        staff_actor(authority, Role.COUNTY_HR, person=None).__class__(
            role=Role.COUNTY_HR, name="x", person_id=double.pk, organisation_id=authority.pk
        ),
    ):
        with pytest.raises(Forbidden):
            approve_change(change=change, opinion="同意", version=None, actor=actor, now=now)
    change.refresh_from_db()
    assert change.state == ChangeState.PROPOSED


def test_a_company_keeps_no_ledger(now):
    company = make_organisation()

    with pytest.raises(Refused, match="只有事业单位"):
        open_ledger(institution=company, authority=make_authority(), actor=staff_actor(company), now=now)


def test_one_proposal_at_a_time_until_decided_or_withdrawn(now):
    ledger, change = proposed(now, make_institution(), make_authority())
    clerk = staff_actor(ledger.institution)

    with pytest.raises(Refused, match="还有一次变动等待核准"):
        propose_figures(ledger=ledger, figures=figures_for(), reason="再报", actor=clerk, now=now)
    withdraw_change(change=change, version=None, actor=clerk, now=now)
    again = propose_figures(ledger=ledger, figures=figures_for(), reason="再报", actor=clerk, now=now)

    assert again.number == 2


def test_a_return_says_why_and_reaches_who_proposed(now):
    authority = make_authority()
    ledger, change = proposed(now, make_institution(), authority)
    officer = post_officer(authority)
    with pytest.raises(Refused, match="哪里不对"):
        return_change(change=change, opinion=" ", version=None, actor=officer, now=now)

    return_change(change=change, opinion="核准数与文件不符", version=None, actor=officer, now=now)

    assert change.state == ChangeState.RETURNED
    told = Message.objects.get(person=change.proposed_by, key="posts.change_decided")
    assert "核准数与文件不符" in told.body
    assert level_of(ledger).approved == 0


def test_figures_never_fall_below_the_people_already_recommended(now):
    """R-212: the database refuses it, whoever approves."""
    ledger = make_ledger(now)
    recommend(ledger, now, 1)
    clerk = staff_actor(ledger.institution)
    change = propose_figures(
        ledger=ledger,
        figures=figures_for({"intermediate": ("40", 13, 13)}),
        reason="核减",
        actor=clerk,
        now=now,
    )

    with pytest.raises(Refused, match="就没有岗位了"):
        approve_change(
            change=change, opinion="同意", version=None, actor=post_officer(ledger.authority), now=now
        )
    assert level_of(ledger).approved == 16


def test_a_proposal_built_on_older_figures_is_not_approved(now):
    ledger = make_ledger(now)
    clerk = staff_actor(ledger.institution)
    change = propose_figures(ledger=ledger, figures=figures_for(), reason="复核", actor=clerk, now=now)
    ledger.levels.filter(group="intermediate").update(filled=14)

    with pytest.raises(Refused, match="台账有了变动"):
        approve_change(
            change=change, opinion="同意", version=None, actor=post_officer(ledger.authority), now=now
        )


def test_pooled_posts_need_the_pooling_head_before_the_approval(now):
    """R-020, R-221: pooled without signature → not approved; with → approved and free."""
    ledger = make_ledger(now, levels={"intermediate": ("40", 9, 9)})
    pool, officer = make_authority(), post_officer(ledger.authority)
    change = propose_pooled(
        ledger=ledger,
        group="intermediate",
        number=2,
        pooling_authority=pool,
        reason="县域统筹中级岗位2个",
        actor=staff_actor(ledger.institution),
        now=now,
    )
    with pytest.raises(Refused, match="须先由统筹部门"):
        approve_change(change=change, opinion="同意", version=None, actor=officer, now=now)
    with pytest.raises(Forbidden):
        sign_pooled_change(change=change, signer="科长甲", version=None, actor=officer, now=now)

    sign_pooled_change(change=change, signer="科长甲", version=None, actor=post_officer(pool), now=now)
    approve_change(change=change, opinion="同意", version=None, actor=officer, now=now)

    assert (level_of(ledger).vacancy, level_of(ledger).free) == (0, 2)
    assert change.pooling_signer == "科长甲"


def test_an_exchange_needs_an_explanation_and_whole_turns(now):
    """R-221: 退三进二 with an empty explanation → invalid."""
    ledger = make_ledger(now, levels={"intermediate": ("40", 9, 12)})
    fields = {
        "ledger": ledger,
        "group": "intermediate",
        "rule": THREE_FOR_TWO,
        "actor": staff_actor(ledger.institution),
        "now": now,
    }

    with pytest.raises(Refused, match="请说明退三进二"):
        propose_exchange(left=3, reason="", **fields)
    with pytest.raises(Refused, match="倍数"):
        propose_exchange(left=4, reason=WHY, **fields)
    assert propose_exchange(left=3, reason=WHY, **fields).after["levels"]["intermediate"]["enter"] == 2


def test_an_exchange_lets_exactly_as_many_in_over_the_quota(now):
    """R-221: 12 of 9 filled; three leave, two may enter although nothing is vacant."""
    ledger = make_ledger(now, levels={"intermediate": ("40", 9, 12)})
    change = propose_exchange(
        ledger=ledger,
        group="intermediate",
        rule=THREE_FOR_TWO,
        left=3,
        reason=WHY,
        actor=staff_actor(ledger.institution),
        now=now,
    )
    approve_change(change=change, opinion="同意", version=None, actor=post_officer(ledger.authority), now=now)
    level = level_of(ledger)
    assert (level.filled, level.vacancy, level.free) == (9, 0, 2)

    recommend(ledger, now, 1)
    recommend(ledger, now, 2)
    with pytest.raises(Refused, match="没有可用的空缺"):
        recommend(ledger, now, 3)


def test_ledgers_are_seen_by_their_own_bodies_only(now):
    mine, other = make_ledger(now), make_ledger(now)

    assert list(visible_to(staff_actor(mine.institution))) == [mine]
    assert list(visible_to(post_officer(other.authority))) == [other]
    assert not visible_to(staff_actor(make_organisation())).exists()
    assert not visible_to(staff_actor(make_authority(), Role.COMMITTEE_OFFICE)).exists()
