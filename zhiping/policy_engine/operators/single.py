"""Conditions on single values, and those that wait for somebody: attestation, decision, document, material, time."""

from ..factbook import label, shown
from ..outcomes import DECISION, DOCUMENT, EVIDENCE, MET, NO, NOT_MET, NOTHING, UNKNOWN, YES, Open
from ..periods import day_of_full_years, full_years
from .nodes import Constant, Node
from .tests import ORDER, TEST_KEYS, compile_tests
from .values import NONE_SUCH, compile_value

UNSEEN = (UNKNOWN, EVIDENCE, None, ())


class FactTest(Node):
    def __init__(self, fact, tests):
        self.fact, self.name, self.tests = fact, fact.name, tests
        self.facts, self.parameters = frozenset([fact.name]) | tests.facts, tests.parameters
        self.only = tests.tests[0] if len(tests.tests) == 1 and tests.tests[0].value.constant else None

    def run(self, ctx):
        found = ctx.values.get(self.name)
        if found is None:
            if self.fact.optional:
                return (
                    (MET if all(t.name in ("is_not", "not_in") for t in self.tests.tests) else NOT_MET),
                    0,
                    None,
                    (),
                )
            return UNSEEN
        state = self.only.state(found, ctx) if self.only else self.tests.run(found, ctx)
        if type(state) is Open:
            return (UNKNOWN, state.why, (found, state), ()) if state.why else (NOT_MET, 0, (found, state), ())
        return state, NOTHING, found, ()

    def requires(self):
        return label(self.fact) + self.tests.words(self.fact.unit)

    def says(self, outcome, ctx):
        got = outcome[2]
        if got is None:
            return f"尚未填写：{label(self.fact)}" if outcome[0] == UNKNOWN else f"{label(self.fact)}：无"
        if isinstance(got, tuple):
            return f"{label(self.fact)}：{self.fact.shown(got[0])}；{got[1].what}"
        return f"{label(self.fact)}：{self.fact.shown(got)}{self.fact.unit}，要求{self.tests.words(self.fact.unit)}"

    def change(self, outcome, ctx):
        got = outcome[2]
        if (
            outcome[0] != NOT_MET
            or isinstance(got, bool)
            or not isinstance(got, int | float)
            or not self.tests.tests
        ):
            return None
        target = self.tests.tests[0].value.get(ctx)
        if isinstance(target, int | float) and self.tests.tests[0].name in ORDER:
            return {
                "kind": "value",
                "fact": self.name,
                "from": got,
                "to": target,
                "missing": abs(target - got),
            }
        return None

    def ways(self, outcome, *, certain):
        return [frozenset([f"fact:{self.name}"])] if super().ways(outcome, certain=certain) else []


class Given(Node):
    def __init__(self, fact):
        self.fact, self.facts = fact, frozenset([fact.name])

    def run(self, ctx):
        return YES if ctx.values.get(self.fact.name) is not None else UNSEEN

    def requires(self):
        return f"填写{label(self.fact)}"

    def says(self, outcome, ctx):
        return "" if outcome[0] == MET else f"尚未填写：{label(self.fact)}"


class Ratio(Node):
    def __init__(self, over, under, tests):
        self.over, self.under, self.tests = over, under, tests
        self.facts, self.parameters = frozenset([over.name, under.name]) | tests.facts, tests.parameters

    def run(self, ctx):
        over, under = ctx.values.get(self.over.name), ctx.values.get(self.under.name)
        if over is None or under is None:
            return UNSEEN
        if under == 0:
            return NO
        state = self.tests.run(over / under, ctx)
        return (UNKNOWN, state.why, None, ()) if type(state) is Open else (state, NOTHING, over / under, ())

    def requires(self):
        return f"{label(self.over)}与{label(self.under)}之比{self.tests.words()}"

    def says(self, outcome, ctx):
        return "" if outcome[2] is None else f"比值{outcome[2]:.3f}，要求{self.tests.words()}"


class YearsSince(Node):
    """Full years from a day to the cut-off day."""

    def __init__(self, since, until, tests):
        self.since, self.until, self.tests = since, until, tests
        self.facts = since.facts | until.facts | tests.facts
        self.parameters = since.parameters | until.parameters | tests.parameters

    def run(self, ctx):
        least, most = self.since.span(ctx)
        until = self.until.get(ctx)
        if most is NONE_SUCH:
            return NOT_MET, NOTHING, (0, None, until), ()
        if type(most) is Open or type(until) is Open:
            missing = most if type(most) is Open else until
            return UNKNOWN, missing.why, missing, ()
        fewest = 0 if type(least) is Open else full_years(least, until)
        low = self.tests.run(fewest, ctx)
        high = low if least == most else self.tests.run(full_years(most, until), ctx)
        for state in (low, high):
            if type(state) is Open:
                return UNKNOWN, state.why, state, ()
        if low != high:
            return UNKNOWN, EVIDENCE, Open(EVIDENCE, "起算日期不完整"), ()
        return low, NOTHING, (fewest, None if type(least) is Open else least, until), ()

    def requires(self):
        return f"自{self.since.words()}起满{self.tests.words('年').removeprefix('不少于')}"

    def says(self, outcome, ctx):
        got = outcome[2]
        if type(got) is Open:
            return got.what
        years, since, until = got
        if since is None:
            return "没有可以起算的记录"
        said = f"自{since.isoformat()}至{until.isoformat()}满{years}年，要求{self.tests.words('年')}"
        change = self.change(outcome, ctx)
        return said + (f"，还差{change['missing']}年，将于{change['on']}满足" if change else "")

    def change(self, outcome, ctx):
        got = outcome[2]
        if outcome[0] != NOT_MET or type(got) is Open or got[1] is None:
            return None
        need = needed(self.tests, ctx)
        if need is None or need <= got[0]:
            return None
        return {"kind": "years", "missing": need - got[0], "on": day_of_full_years(got[1], need).isoformat()}


def needed(tests, ctx):
    """The number of years that would satisfy a lower bound."""
    for test in tests.tests:
        target = test.value.get(ctx)
        if test.name in ("gte", "gt") and isinstance(target, int | float):
            return int(target) + (test.name == "gt")
    return None


class Said(Node):
    """A boolean fact that a body states (attested) or people decide (decision)."""

    def __init__(self, fact, by, why, question):
        self.fact, self.name, self.by, self.why, self.question = fact, fact.name, by, why, question
        self.facts = frozenset([fact.name])

    def run(self, ctx):
        found = ctx.values.get(self.name)
        if found is None:
            return UNKNOWN, self.why, None, ()
        return YES if found else NO

    def requires(self):
        return f"由{self.by}{'出具意见' if self.why == EVIDENCE else '认定'}：{self.question or label(self.fact)}"

    def says(self, outcome, ctx):
        if outcome[0] == UNKNOWN:
            return f"待{self.by}{'出具' if self.why == EVIDENCE else '认定'}：{self.question or label(self.fact)}"
        return f"{self.by}意见：{'是' if outcome[0] == MET else '否'}"


class NotSupplied(Node):
    def __init__(self, document):
        self.document = document

    def run(self, ctx):
        return UNKNOWN, DOCUMENT, None, ()

    def requires(self):
        return f"条件见{self.document}（未提供）"

    def says(self, outcome, ctx):
        return f"条件写在{self.document}，该文件未提供，不能判断"


class Material(Node):
    def __init__(self, name, words):
        self.name, self.title = name, words

    def run(self, ctx):
        documents = ctx.person.documents
        if documents is None:
            return MET, NOTHING, "not_judged", ()
        return YES if self.name in documents else UNSEEN

    def requires(self):
        return f"提交{self.title}"

    def says(self, outcome, ctx):
        if outcome[2] == "not_judged":
            return "本次未检查材料"
        return f"已有{self.title}" if outcome[0] == MET else f"还缺{self.title}"


class Window(Node):
    def __init__(self, windows):
        self.windows = windows

    def run(self, ctx):
        if ctx.at is None:
            return MET, NOTHING, "not_judged", ()
        day = ctx.day
        if any(opens is None and closes is None for _, opens, closes in self.windows):
            return UNKNOWN, DOCUMENT, day, ()
        for _, opens, closes in self.windows:
            if (opens is None or opens <= day) and (closes is None or day <= closes):
                return MET, NOTHING, day, ()
        return NOT_MET, NOTHING, day, ()

    def requires(self):
        return "，或".join(window_words(*each) for each in self.windows) + "内办理"

    def says(self, outcome, ctx):
        if outcome[2] == "not_judged":
            return "未给出时间，不判断是否在期限内"
        if outcome[0] == UNKNOWN:
            return "通知未印出期限，待补充"
        return f"{outcome[2].isoformat()}，" + (
            "在期限内"
            if outcome[0] == MET
            else "不在期限内：" + "；".join(window_words(*each) for each in self.windows)
        )


def window_words(name, opens, closes):
    """`个人申报（2022-02-24至2022-04-10 24:00）`."""
    begin = f"{opens.isoformat()}至" if opens else ""
    end = f"{closes.isoformat()} 24:00截止" if closes else "截止日未印出"
    return f"{name}（{begin}{end}）"


class Score(Node):
    """The total of the scoring standard, from the claims or from the fact `score_total`."""

    def __init__(self, tests, parameters):
        self.tests = tests
        self.facts, self.parameters = frozenset(["score_total"]) | tests.facts, tests.parameters | parameters

    def run(self, ctx):
        if ctx.person.claims is not None and ctx.score is not None:
            least, most, why = ctx.score(ctx)
        else:
            least = most = ctx.values.get("score_total")
            why = EVIDENCE
        if least is None:
            return UNKNOWN, why, None, ()
        low, high = self.tests.run(least, ctx), self.tests.run(most, ctx)
        for state in (low, high):
            if type(state) is Open:
                return UNKNOWN, state.why, (least, most), ()
        if low == high:
            return low, NOTHING, (least, most), ()
        return UNKNOWN, why or DECISION, (least, most), ()

    def requires(self):
        return f"量化评分总分{self.tests.words('分')}"

    def says(self, outcome, ctx):
        if outcome[2] is None:
            return "尚无可计算的自评分"
        least, most = outcome[2]
        span = f"{shown(least)}分" if least == most else f"{shown(least)}至{shown(most)}分（有待认定项）"
        change = self.change(outcome, ctx)
        return f"总分{span}，要求{self.tests.words('分')}" + (
            f"，还差{shown(change['missing'])}分" if change else ""
        )

    def change(self, outcome, ctx):
        need = needed(self.tests, ctx)
        if outcome[0] == NOT_MET and outcome[2] and need is not None:
            return {"kind": "score", "missing": need - outcome[2][1]}
        return None


def compile_fact(raw, head, scope):
    fact = scope.fact(raw[head], raw, head)
    scope.only(raw, (head, *TEST_KEYS))
    if fact is None:
        return Constant(True)
    if "given" in raw:
        return Given(fact)
    tests = compile_tests(raw, fact, scope)
    if not tests.tests:
        scope.complaints.add(raw, f"没有说“{fact.name}”应是什么", "加一个测试，如 is: … 或 gte: …", key=head)
    return FactTest(fact, tests)


def compile_ratio(raw, head, scope):
    scope.only(raw, (head, *ORDER))
    names = raw[head] if isinstance(raw[head], list) and len(raw[head]) == 2 else (None, None)
    over, under = (scope.fact(name, raw, head) for name in names)
    if over is None or under is None:
        return Constant(True)
    return Ratio(over, under, compile_tests(raw, scope.number, scope))


def compile_years_since(raw, head, scope):
    scope.only(raw, (head, "until", *ORDER))
    since = compile_value(raw[head], scope, raw, head)
    until = compile_value(raw["until"], scope, raw, "until") if "until" in raw else scope.cutoff_value()
    return YearsSince(since, until, scope.bounds(raw))


def compile_said(raw, head, scope):
    scope.only(raw, (head, "by", "question"))
    fact = scope.fact(raw[head], raw, head)
    if fact is None:
        return Constant(True)
    if fact.type != "boolean" or not raw.get("by"):
        scope.complaints.add(
            raw, f"{head} 需要一个 boolean 事实和 by", f"写作 {{{head}: {fact.name}, by: 用人单位}}", key=head
        )
    return Said(fact, raw.get("by") or "", EVIDENCE if head == "attested" else DECISION, raw.get("question"))


def compile_not_supplied(raw, head, scope):
    scope.only(raw, (head,))
    document = scope.documents.get(raw[head]) if isinstance(raw[head], str) else None
    if document is None:
        scope.complaints.add(
            raw, f"documents 里没有“{raw[head]}”", "先在 documents 里写出它，supplied: false", key=head
        )
        return Constant(True)
    if document.get("supplied"):
        scope.complaints.add(raw, f"“{raw[head]}”标为已提供", "写出它的条件，或改 supplied: false", key=head)
    return NotSupplied(scope.document_words(document))


def compile_material(raw, head, scope):
    scope.only(raw, (head,))
    for each in scope.materials:
        if each.get("id") == raw[head]:
            return Material(raw[head], f"《{each.get('name')}》")
    scope.complaints.add(raw, f"materials 里没有“{raw[head]}”", "先在 materials 里写出它", key=head)
    return Constant(True)


def compile_window(raw, head, scope):
    scope.only(raw, (head,))
    names = raw[head] if isinstance(raw[head], list) else [raw[head]]
    found = []
    for name in names:
        each = next((window for window in scope.windows if window.get("id") == name), None)
        if each is None:
            scope.complaints.add(
                raw,
                f"windows 里没有“{name}”",
                "现有：" + "、".join(str(w.get("id")) for w in scope.windows),
                key=head,
            )
        else:
            found.append((each.get("name"), each.get("opens"), each.get("closes")))
    return Window(found)


def compile_score(raw, head, scope):
    scope.only(raw, (head, *ORDER))
    if raw[head] != "total":
        scope.complaints.add(raw, "score 只能是 total", "写作 {score: total, gte: 70}", key=head)
    if "score_total" not in scope.facts:
        scope.complaints.add(
            raw, "没有事实 score_total", "在 facts 里声明（_shared/facts.yaml 已有）", key=head
        )
    return Score(compile_tests(raw, scope.number, scope), scope.scoring_parameters)
