"""Three-valued judgement against an oracle that tries everything the missing facts could be (R-113, R-396)."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy_engine.packs import small
from zhiping.policy_engine import judge

FACTS = {
    "a": (True, False),
    "b": (True, False),
    "c": (True, False),
    "kind": ("x", "y", "z"),
    "grade": ("low", "middle", "high"),
}
ORDER = {"low": 0, "middle": 1, "high": 2}

LEAVES = st.one_of(
    st.tuples(st.just("is"), st.sampled_from(["a", "b", "c"]), st.booleans()),
    st.tuples(
        st.just("in"), st.just("kind"), st.lists(st.sampled_from("xyz"), min_size=1, max_size=2, unique=True)
    ),
    st.tuples(st.just("gte"), st.just("grade"), st.sampled_from(["middle", "high"])),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("at_least"), st.lists(inner, min_size=2, max_size=4)),
    ),
    max_leaves=7,
)
PEOPLE = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FACTS.items()})


def written(tree):
    """The tree as a flow-style condition."""
    match tree:
        case (("is" | "in" | "gte") as test, fact, value):
            shown = (
                str(value).lower()
                if isinstance(value, bool)
                else value
                if isinstance(value, str)
                else f"[{', '.join(value)}]"
            )
            return f"fact: {fact}, {test}: {shown}"
        case ("not", inner):
            return f"not: {{{written(inner)}}}"
        case ("at_least", items):
            return f"at_least: {{count: 2, of: [{', '.join(f'{{{written(each)}}}' for each in items)}]}}"
        case (head, items):
            return f"{head}: [{', '.join(f'{{{written(each)}}}' for each in items)}]"


def truth(tree, person):
    """What the tree says about a fully known person, written down as plainly as can be."""
    match tree:
        case ("is", fact, value):
            return person[fact] == value
        case ("in", fact, values):
            return person[fact] in values
        case ("gte", fact, value):
            return ORDER[person[fact]] >= ORDER[value]
        case ("not", inner):
            return not truth(inner, person)
        case ("all", items):
            return all(truth(each, person) for each in items)
        case ("any", items):
            return any(truth(each, person) for each in items)
        case ("at_least", items):
            return sum(truth(each, person) for each in items) >= 2
    raise AssertionError(tree)


def read_by(tree):
    return (
        [tree[1]]
        if tree[0] in ("is", "in", "gte")
        else [name for each in (tree[1] if tree[0] != "not" else [tree[1]]) for name in read_by(each)]
    )


@settings(max_examples=250, deadline=None)
@given(TREES, PEOPLE)
def test_unknown_exactly_when_the_missing_facts_decide(tree, person):
    missing = [name for name in FACTS if name not in person]
    outcomes = {
        truth(tree, person | dict(zip(missing, values, strict=True)))
        for values in itertools.product(*(FACTS[name] for name in missing))
    }

    verdict = judge(small(written(tree)), "工艺美术师", person).verdict

    assert verdict == (
        "needs_evidence" if len(outcomes) == 2 else "eligible" if outcomes == {True} else "ineligible"
    )


@settings(max_examples=60, deadline=None)
@given(TREES, PEOPLE)
def test_more_facts_never_overturn_a_verdict(tree, person):
    """What is known stays known when more is told."""
    pack = small(written(tree))
    before = judge(pack, "工艺美术师", person).verdict
    fuller = judge(pack, "工艺美术师", {name: values[0] for name, values in FACTS.items()} | person).verdict

    assert before in ("needs_evidence", fuller)


def test_a_fact_read_twice_does_not_hide_that_the_result_is_settled():
    """Established or not, the clause is met: no need to ask."""
    pack = small("any: [{fact: a, is: false}, {all: [{fact: a, is: true}, {fact: b, is: true}]}]")
    verdict = judge(pack, "t", {"b": True})

    assert verdict.verdict == "eligible"
    assert verdict.pathways[0].clause("it").sentence == "无论尚缺的情况如何填写，结果都一样"
    assert judge(pack, "t", {}).verdict == "needs_evidence"
