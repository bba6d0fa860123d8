"""Conditions that wait for somebody or something: a statement, a decision, a document, a material, the time, the score."""

from typing import Any

from ..factbook import Fact, label, shown
from ..outcomes import (
    DECISION,
    DOCUMENT,
    EVIDENCE,
    MET,
    NO,
    NOT_MET,
    NOTHING,
    UNKNOWN,
    YES,
    Context,
    Open,
    Outcome,
)
from .nodes import Constant, Node
from .single import UNSEEN, needed
from .tests import ORDER, compile_tests


class Said(Node):
    """A boolean fact that a body states (attested) or people decide (decision)."""

    def __init__(self, fact: Fact, by: Any, why: Any, question: Any) -> None:
        self.fact, self.name, self.by, self.why, self.question = fact, fact.name, by, why, question
        self.facts = frozenset([fact.name])

    def run(self, ctx: Context) -> Outcome:
        found = ctx.values.get(self.name)
        if found is None:
            return UNKNOWN, self.why, None, ()
        return YES if found else NO

    def requires(self) -> str:
        return f"由{self.by}{'出具意见' if self.why == EVIDENCE else '认定'}：{self.question or label(self.fact)}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[0] == UNKNOWN:
            return f"待{self.by}{'出具' if self.why == EVIDENCE else '认定'}：{self.question or label(self.fact)}"
        return f"{self.by}意见：{'是' if outcome[0] == MET else '否'}"


class NotSupplied(Node):
    def __init__(self, document: Any) -> None:
        self.document = document

    def run(self, ctx: Context) -> Outcome:
        return UNKNOWN, DOCUMENT, None, ()

    def requires(self) -> str:
        return f"条件见{self.document}（未提供）"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return f"条件写在{self.document}，该文件未提供，不能判断"


class Material(Node):
    def __init__(self, name: Any, words: Any) -> None:
        self.name, self.title = name, words

    def run(self, ctx: Context) -> Outcome:
        documents = ctx.person.documents
        if documents is None:
            return MET, NOTHING, "not_judged", ()
        return YES if self.name in documents else UNSEEN

    def requires(self) -> str:
        return f"提交{self.title}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] == "not_judged":
            return "本次未检查材料"
        return f"已有{self.title}" if outcome[0] == MET else f"还缺{self.title}"


class Window(Node):
    def __init__(self, windows: Any) -> None:
        self.windows = windows

    def run(self, ctx: Context) -> Outcome:
        if ctx.at is None:
            return MET, NOTHING, "not_judged", ()
        day = ctx.day
        if any(opens is None and closes is None for _, opens, closes in self.windows):
            return UNKNOWN, DOCUMENT, day, ()
        for _, opens, closes in self.windows:
            if (opens is None or opens <= day) and (closes is None or day <= closes):
                return MET, NOTHING, day, ()
        return NOT_MET, NOTHING, day, ()

    def requires(self) -> str:
        return "，或".join(window_words(*each) for each in self.windows) + "内办理"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] == "not_judged":
            return "未给出时间，不判断是否在期限内"
        if outcome[0] == UNKNOWN:
            return "通知未印出期限，待补充"
        return f"{outcome[2].isoformat()}，" + (
            "在期限内"
            if outcome[0] == MET
            else "不在期限内：" + "；".join(window_words(*each) for each in self.windows)
        )


def window_words(name: Any, opens: Any, closes: Any) -> str:
    """`个人申报（2022-02-24至2022-04-10 24:00）`."""
    begin = f"{opens.isoformat()}至" if opens else ""
    end = f"{closes.isoformat()} 24:00截止" if closes else "截止日未印出"
    return f"{name}（{begin}{end}）"


class Score(Node):
    """The total of the scoring standard, from the claims or from the fact `score_total`."""

    def __init__(self, tests: Any, parameters: Any) -> None:
        self.tests = tests
        self.facts, self.parameters = frozenset(["score_total"]) | tests.facts, tests.parameters | parameters

    def run(self, ctx: Context) -> Outcome:
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

    def requires(self) -> str:
        return f"量化评分总分{self.tests.words('分')}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] is None:
            return "尚无可计算的自评分"
        least, most = outcome[2]
        span = f"{shown(least)}分" if least == most else f"{shown(least)}至{shown(most)}分（有待认定项）"
        change = self.change(outcome, ctx)
        return f"总分{span}，要求{self.tests.words('分')}" + (
            f"，还差{shown(change['missing'])}分" if change else ""
        )

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        need = needed(self.tests, ctx)
        if outcome[0] == NOT_MET and outcome[2] and need is not None:
            return {"kind": "score", "missing": need - outcome[2][1]}
        return None


def compile_said(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head, "by", "question"))
    fact = scope.fact(raw[head], raw, head)
    if fact is None:
        return Constant(True)
    if fact.type != "boolean" or not raw.get("by"):
        scope.complaints.add(
            raw, f"{head} 需要一个 boolean 事实和 by", f"写作 {{{head}: {fact.name}, by: 用人单位}}", key=head
        )
    return Said(fact, raw.get("by") or "", EVIDENCE if head == "attested" else DECISION, raw.get("question"))


def compile_not_supplied(raw: Any, head: str, scope: Any) -> Any:
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


def compile_material(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    for each in scope.materials:
        if each.get("id") == raw[head]:
            return Material(raw[head], f"《{each.get('name')}》")
    scope.complaints.add(raw, f"materials 里没有“{raw[head]}”", "先在 materials 里写出它", key=head)
    return Constant(True)


def compile_window(raw: Any, head: str, scope: Any) -> Any:
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


def compile_score(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head, *ORDER))
    if raw[head] != "total":
        scope.complaints.add(raw, "score 只能是 total", "写作 {score: total, gte: 70}", key=head)
    if "score_total" not in scope.facts:
        scope.complaints.add(
            raw, "没有事实 score_total", "在 facts 里声明（_shared/facts.yaml 已有）", key=head
        )
    return Score(compile_tests(raw, scope.number, scope), scope.scoring_parameters)
