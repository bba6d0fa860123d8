"""Combining conditions: all, any, not, at least n with distinct evidence, readings, constants."""

from typing import Any

from ..outcomes import MET, NO, NOT_MET, NOTHING, UNKNOWN, YES, Context, Open, Outcome


class Node:
    """One compiled condition. `run` gives an outcome; the other methods put requirement and result into words."""

    children: tuple[Any, ...] = ()
    facts: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()

    def run(self, ctx: Context) -> Outcome:
        """The outcome for this person."""
        raise AssertionError(type(self))

    def requires(self) -> str:
        """The requirement in Chinese."""
        return ""

    def says(self, outcome: Outcome, ctx: Context) -> str:
        """The result in Chinese: the value used, and what is missing."""
        return ""

    def tell(self, outcome: Outcome, ctx: Context) -> str:
        """What is missing if that is all there is to say, else the result."""
        return outcome[2].what if type(outcome[2]) is Open else self.says(outcome, ctx)

    def change(self, outcome: Outcome, ctx: Context) -> None:
        """The smallest change that would meet it, as plain data, or None."""
        return

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        """Ways to satisfy it, each the set of evidence it uses; none if it is not (certainly) satisfied."""
        return [frozenset()] if outcome[0] == MET or (outcome[0] == UNKNOWN and not certain) else []

    def gather(self, children: Any) -> None:
        self.children = tuple(children)
        self.facts = frozenset().union(*(child.facts for child in self.children))
        self.parameters = frozenset().union(*(child.parameters for child in self.children))


class AllOf(Node):
    def __init__(self, children: Any) -> None:
        self.gather(children)

    def run(self, ctx: Context) -> Outcome:
        parts = tuple([child.run(ctx) for child in self.children])
        state = min([part[0] for part in parts])
        if state != UNKNOWN:
            return state, NOTHING, None, parts
        return state, max([part[1] for part in parts if part[0] == UNKNOWN]), None, parts

    def requires(self) -> str:
        return "；".join(filter(None, (child.requires() for child in self.children)))

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return "；".join(
            filter(
                None,
                (
                    child.tell(part, ctx)
                    for child, part in zip(self.children, outcome[3], strict=True)
                    if part[0] == outcome[0] and not hasattr(child, "text")
                ),
            )
        )

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        failing = [
            (child, part) for child, part in zip(self.children, outcome[3], strict=True) if part[0] == NOT_MET
        ]
        if len(failing) == 1:
            return failing[0][0].change(failing[0][1], ctx)
        changes = [child.change(part, ctx) for child, part in failing]
        return {"kind": "all", "of": changes} if changes and all(changes) else None

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        combined: list[frozenset[str]] = [frozenset()]
        for child, part in zip(self.children, outcome[3], strict=True):
            combined = [a | b for a in combined for b in child.ways(part, certain=certain)][:64]
        return combined


class AnyOf(AllOf):
    def run(self, ctx: Context) -> Outcome:
        parts = tuple([child.run(ctx) for child in self.children])
        state = max([part[0] for part in parts])
        if state != UNKNOWN:
            return state, NOTHING, None, parts
        return state, min([part[1] for part in parts if part[0] == UNKNOWN]), None, parts

    def requires(self) -> str:
        return "以下任一：" + "；或".join(filter(None, (child.requires() for child in self.children)))

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        changes = [
            change
            for child, part in zip(self.children, outcome[3], strict=True)
            if (change := child.change(part, ctx))
        ]
        dated = [change for change in changes if change.get("on")]
        return (
            min(dated, key=lambda change: change["on"])
            if dated
            else (changes[0] if len(changes) == 1 else None)
        )

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        return [
            way
            for child, part in zip(self.children, outcome[3], strict=True)
            for way in child.ways(part, certain=certain)
        ]


class Not(Node):
    def __init__(self, child: Any) -> None:
        self.gather([child])

    def run(self, ctx: Context) -> Outcome:
        part = self.children[0].run(ctx)
        return 2 - part[0], part[1], None, (part,)

    def requires(self) -> str:
        return f"不属于：{self.children[0].requires()}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return str(self.children[0].tell(outcome[3][0], ctx))


class Constant(Node):
    def __init__(self, value: Any) -> None:
        self.value = value

    def run(self, ctx: Context) -> Outcome:
        return YES if self.value else NO


def compile_all(raw: Any, head: str, scope: Any) -> Any:
    return AllOf(_items(raw, head, scope))


def compile_any(raw: Any, head: str, scope: Any) -> Any:
    return AnyOf(_items(raw, head, scope))


def _items(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    items = raw[head]
    if not isinstance(items, list) or not items:
        scope.complaints.add(raw, f"“{head}”后面应是条件的列表", f"写作 {head}: [ … ]", key=head)
        return [Constant(True)]
    return [scope.condition(item, items, index) for index, item in enumerate(items)]


def compile_not(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    return Not(scope.condition(raw[head], raw, head))


def compile_always(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    if not isinstance(raw[head], bool):
        scope.complaints.add(raw, "always 后面应是 true 或 false", "", key=head)
    return Constant(bool(raw[head]))


def compile_use(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    return scope.defined(raw[head], raw, head)
