"""Combining conditions: all, any, not, at least n with distinct evidence, readings, constants."""

from ..outcomes import MET, NO, NOT_MET, NOTHING, UNKNOWN, YES, Open


class Node:
    """One compiled condition. `run` gives an outcome; the other methods put requirement and result into words."""

    children = ()
    facts = parameters = frozenset()

    def run(self, ctx):
        """The outcome for this person."""
        raise AssertionError(type(self))

    def requires(self):
        """The requirement in Chinese."""
        return ""

    def says(self, outcome, ctx):
        """The result in Chinese: the value used, and what is missing."""
        return ""

    def tell(self, outcome, ctx):
        """What is missing if that is all there is to say, else the result."""
        return outcome[2].what if type(outcome[2]) is Open else self.says(outcome, ctx)

    def change(self, outcome, ctx):
        """The smallest change that would meet it, as plain data, or None."""
        return

    def ways(self, outcome, *, certain):
        """Ways to satisfy it, each the set of evidence it uses; none if it is not (certainly) satisfied."""
        return [frozenset()] if outcome[0] == MET or (outcome[0] == UNKNOWN and not certain) else []

    def gather(self, children):
        self.children = tuple(children)
        self.facts = frozenset().union(*(child.facts for child in self.children))
        self.parameters = frozenset().union(*(child.parameters for child in self.children))


class All(Node):
    def __init__(self, children):
        self.gather(children)

    def run(self, ctx):
        parts = tuple([child.run(ctx) for child in self.children])
        state = min([part[0] for part in parts])
        if state != UNKNOWN:
            return state, NOTHING, None, parts
        return state, max([part[1] for part in parts if part[0] == UNKNOWN]), None, parts

    def requires(self):
        return "；".join(filter(None, (child.requires() for child in self.children)))

    def says(self, outcome, ctx):
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

    def change(self, outcome, ctx):
        failing = [
            (child, part) for child, part in zip(self.children, outcome[3], strict=True) if part[0] == NOT_MET
        ]
        if len(failing) == 1:
            return failing[0][0].change(failing[0][1], ctx)
        changes = [child.change(part, ctx) for child, part in failing]
        return {"kind": "all", "of": changes} if changes and all(changes) else None

    def ways(self, outcome, *, certain):
        combined = [frozenset()]
        for child, part in zip(self.children, outcome[3], strict=True):
            combined = [a | b for a in combined for b in child.ways(part, certain=certain)][:64]
        return combined


class Any(All):
    def run(self, ctx):
        parts = tuple([child.run(ctx) for child in self.children])
        state = max([part[0] for part in parts])
        if state != UNKNOWN:
            return state, NOTHING, None, parts
        return state, min([part[1] for part in parts if part[0] == UNKNOWN]), None, parts

    def requires(self):
        return "以下任一：" + "；或".join(filter(None, (child.requires() for child in self.children)))

    def change(self, outcome, ctx):
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

    def ways(self, outcome, *, certain):
        return [
            way
            for child, part in zip(self.children, outcome[3], strict=True)
            for way in child.ways(part, certain=certain)
        ]


class Not(Node):
    def __init__(self, child):
        self.gather([child])

    def run(self, ctx):
        part = self.children[0].run(ctx)
        return 2 - part[0], part[1], None, (part,)

    def requires(self):
        return f"不属于：{self.children[0].requires()}"

    def says(self, outcome, ctx):
        return self.children[0].tell(outcome[3][0], ctx)


class Constant(Node):
    def __init__(self, value):
        self.value = value

    def run(self, ctx):
        return YES if self.value else NO


def compile_all(raw, head, scope):
    return All(_items(raw, head, scope))


def compile_any(raw, head, scope):
    return Any(_items(raw, head, scope))


def _items(raw, head, scope):
    scope.only(raw, (head,))
    items = raw[head]
    if not isinstance(items, list) or not items:
        scope.complaints.add(raw, f"“{head}”后面应是条件的列表", f"写作 {head}: [ … ]", key=head)
        return [Constant(True)]
    return [scope.condition(item, items, index) for index, item in enumerate(items)]


def compile_not(raw, head, scope):
    scope.only(raw, (head,))
    return Not(scope.condition(raw[head], raw, head))


def compile_always(raw, head, scope):
    scope.only(raw, (head,))
    if not isinstance(raw[head], bool):
        scope.complaints.add(raw, "always 后面应是 true 或 false", "", key=head)
    return Constant(bool(raw[head]))


def compile_use(raw, head, scope):
    scope.only(raw, (head,))
    return scope.defined(raw[head], raw, head)
