"""Scores: caps at three levels, best of one work, definitions, windows, readings, confirmed view (R-228…R-269)."""

import pytest

from tests.policy_engine.packs import example, small
from zhiping.policy_engine import PackError, judge, score

AFTER = {"facts": {"title_obtained_on": "2014-11-30"}}


def sheet(*claims, **options):
    return score(example(), AFTER | {"claims": list(claims)}, **options)


def contest(**data):
    return {"row": "contest", "recognised": True, "prize": "金奖", "date": "2019-05-01"} | data


def test_caps_take_points_at_the_row_then_the_second_then_the_first_level():
    """R-233, C-19: raw, what each cap takes away, and the total."""
    found = sheet(
        *[contest(work=str(number)) for number in range(4)], *[{"row": "honour", "level": "municipal"}] * 2
    )
    awards = found.as_dict()["first_level"][1]["second_level"][0]

    assert found.sure.nodes["contest"] == {"raw": 20, "points": 15, "lost": 5, "cap": 15}
    assert (awards["raw"], awards["points"], awards["lost"]) == (15, 15, 0)
    assert found.sure.nodes["honour"]["lost"] == 2
    assert found.total == 15 + 8


def test_one_work_counts_once_with_its_highest_prize():
    """R-242."""
    found = sheet(contest(id="b", work="春", prize="银奖"), contest(id="a", work="春"))

    assert found.total == 5
    assert [(claim.id, claim.state) for claim in found.judged] == [("b", "refused"), ("a", "counted")]
    assert found.judged[0].reason == "同一“春”只计最高的一项"


def test_claims_before_the_title_do_not_count():
    """R-264."""
    found = sheet(contest(work="旧", date="2014-11-29"), contest(work="新", date="2014-12-01"))

    assert found.total == 5
    assert found.judged[0].as_dict()["reason"] == "不计分：只计取得现职称后的业绩"


def test_doubtful_claim_waits_for_a_decision():
    """R-243: pending claims show what they could add."""
    found = sheet(contest(work="春", recognised=False), contest(work="夏"))

    assert (found.total, found.possible, found.opens) == (5, 10, None)
    assert "待评审委员会认定" in found.judged[0].reason


def test_incomplete_claim_is_pending_not_refused():
    found = sheet({"row": "contest", "work": "春", "recognised": True, "date": "2019-05-01"})

    assert (found.total, found.possible) == (0, 5)


def test_same_evidence_counts_in_one_place():
    """R-268."""
    found = sheet(
        contest(work="春", evidence="e1"), {"row": "honour", "level": "municipal", "evidence": "e1"}
    )

    assert found.total == 5
    assert "同一份佐证“e1”" in found.judged[1].reason


def test_confirmed_view_counts_only_confirmed_claims():
    """R-228, R-266."""
    found = sheet(contest(work="春", confirmed=True), contest(work="夏"))

    assert (found.total, found.confirmed.total) == (10, 5)


def test_both_readings_are_shown():
    """R-237, C-22."""
    units = [{"row": "honour", "level": "unit"}] * 3
    found = sheet(*units)

    assert found.total == 6
    assert found.readings == [
        {
            "parameter": "unit_honours",
            "reading": "C-22",
            "question": "单位荣誉每项计分，还是只计一次？",
            "value": 99,
            "alternative": 1,
            "total": 2,
            "opens": False,
        }
    ]


def test_without_the_title_the_score_is_undetermined():
    """C-25, C-76."""
    found = score(example(), {"claims": [contest(work="春")]})

    assert found.opens is None
    assert found.as_dict()["open"][0]["missing"] == "undetermined"


@pytest.mark.parametrize(("works", "opens"), [(2, True), (1, False)])
def test_threshold_is_inclusive(works, opens):
    """R-232."""
    assert sheet(*[contest(work=str(number)) for number in range(works)]).opens is opens


def test_judgement_scores_the_claims_itself():
    """R-140: the self-scored pathway opens by the claims, and a pending claim leaves it to people."""
    person = AFTER["facts"] | {"outstanding_skill": True}
    claims = [contest(work="春"), contest(work="夏")]

    def clause(claims):
        return (
            judge(example(), "工艺美术师", person | {"claims": claims}, pathway="self_scored")
            .pathways[0]
            .clause("self_scored.total")
        )

    assert clause(claims).status == "met"
    assert clause(claims[:1]).change == {"kind": "score", "missing": 5}
    assert clause([claims[0], contest(work="夏", recognised=False)]).waits_for == "needs_decision"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"row": "contests"}, "没有得分项“contests”——可用：honour、contest"),
        (contest(points=99), "分值由系统按业绩计算，不能填写"),
        (contest(prize="钻石奖"), "“prize”的值不对：钻石奖——应为下列之一：金奖、银奖、铜奖"),
        (contest(prise="金奖"), "不认识的键“prise”"),
        ("金奖", "应是“键: 值”的形式"),
    ],
)
def test_claims_carry_data_and_never_points(claim, said):
    """R-267."""
    with pytest.raises(PackError) as refused:
        sheet(claim)

    assert said in str(refused.value)


def test_pack_without_a_standard_cannot_score():
    """R-269."""
    with pytest.raises(PackError, match="没有量化评分标准"):
        score(small("always: true"), [])
