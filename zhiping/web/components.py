"""Components: templates with declared props and slots. An unknown or missing prop fails when the page is compiled.

A component is `templates/components/<name>.html`. The comment at its head is its declaration, read by machine:

    {% comment %}
    One sentence: what it is for.
    prop title                 required
    prop lead?                 may be left out, then empty
    prop kind = info | warn    one of these words, the first by default
    slot                       takes text between {% component %} and {% endcomponent %}
    slot actions?              takes {% slot "actions" %}…{% endslot %} inside
    {% endcomment %}

A component that declares no slot takes no `{% endcomponent %}`.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs

FOLDER = Path(__file__).parent / "templates" / "components"
HEAD = re.compile(r"\A\{% comment %\}\n(?P<purpose>.+)\n(?P<lines>(?:.+\n)*?)\{% endcomment %\}")
PROP = re.compile(r"prop (?P<name>\w+)(?P<optional>\?)?(?: = (?P<choices>.+))?")
SLOT = re.compile(r"slot(?: (?P<name>\w+)\?)?")


@dataclass(frozen=True, slots=True)
class Prop:
    """One attribute of a component."""

    name: str
    required: bool
    choices: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        return self.choices[0] if self.choices else ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the head of a component's template says."""

    name: str
    purpose: str
    props: dict[str, Prop]
    slots: tuple[str, ...]  # "" is the slot without a name

    @property
    def template_name(self) -> str:
        return f"components/{self.name}.html"

    def check(self, given: dict[str, Any]) -> None:
        """Refuse attributes that are not declared and the absence of required ones."""
        unknown = sorted(given.keys() - self.props.keys())
        missing = sorted(
            prop.name for prop in self.props.values() if prop.required and prop.name not in given
        )
        if unknown or missing:
            raise TemplateSyntaxError(
                f"component {self.name}: unknown {unknown}, missing {missing}; declared {sorted(self.props)}"
            )


def all_declarations() -> Iterator[Declaration]:
    """Every component there is, by name."""
    yield from (declaration(path.stem) for path in sorted(FOLDER.glob("*.html")))


@functools.cache
def declaration(name: str) -> Declaration:
    """The declaration of the component called `name`."""
    path = FOLDER / f"{name}.html"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        raise TemplateSyntaxError(f"there is no component {name!r}")
    head = HEAD.match(path.read_text(encoding="utf-8"))
    if head is None:
        raise TemplateSyntaxError(f"component {name}: the head comment is missing")
    props: dict[str, Prop] = {}
    slots: list[str] = []
    for line in head["lines"].splitlines():
        if prop := PROP.fullmatch(line):
            choices = tuple(word.strip() for word in prop["choices"].split("|")) if prop["choices"] else ()
            props[prop["name"]] = Prop(prop["name"], not (prop["optional"] or choices), choices)
        elif slot := SLOT.fullmatch(line):
            slots.append(slot["name"] or "")
        else:
            raise TemplateSyntaxError(f"component {name}: cannot read the line {line!r} of its head")
    return Declaration(name, head["purpose"], props, tuple(slots))


class SlotNode(Node):
    """A named part of a component's content; must stand directly inside the component."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        raise TemplateSyntaxError(f"slot {self.name!r} must stand directly inside its component")


class ComponentNode(Node):
    """Renders the component's template with its props and slots and nothing else of the page's context."""

    def __init__(
        self, spec: Declaration, given: dict[str, FilterExpression], slots: dict[str, NodeList]
    ) -> None:
        self.spec = spec
        self.given = given
        self.slots = slots

    def render(self, context: Context) -> str:
        values: dict[str, Any] = {name: prop.default for name, prop in self.spec.props.items()}
        for name, expression in self.given.items():
            values[name] = self._checked(name, expression.resolve(context))
        for name in self.spec.slots:
            content = self.slots.get(name)
            values[f"slot_{name}" if name else "slot"] = content.render(context) if content else ""
        values["request"] = context.get("request")
        inner = context.new(values)
        if token := context.get("csrf_token"):
            inner["csrf_token"] = token
        return context.template.engine.get_template(self.spec.template_name).render(inner)

    def _checked(self, name: str, value: Any) -> Any:
        choices = self.spec.props[name].choices
        if choices and value not in choices:
            raise TemplateSyntaxError(f"component {self.spec.name}: {name}={value!r} is none of {choices}")
        return value


def compile_component(parser: Parser, token: Token) -> ComponentNode:
    """The tag {% component "name" prop=value … %}."""
    name, *bits = token.split_contents()[1:]
    spec = declaration(name.strip("\"'"))
    given = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"component {spec.name}: cannot read {bits}")
    spec.check(given)
    return ComponentNode(spec, given, _slots(parser, spec) if spec.slots else {})


def compile_slot(parser: Parser, token: Token) -> SlotNode:
    """The tag {% slot "name" %}…{% endslot %}."""
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


def _slots(parser: Parser, spec: Declaration) -> dict[str, NodeList]:
    content = parser.parse(("endcomponent",))
    parser.delete_first_token()
    named = {node.name: node.nodelist for node in content if isinstance(node, SlotNode)}
    rest = NodeList(node for node in content if not isinstance(node, SlotNode))
    if undeclared := sorted(named.keys() - set(spec.slots)):
        raise TemplateSyntaxError(f"component {spec.name}: no slot {undeclared}; declared {list(spec.slots)}")
    if "" not in spec.slots and any(node.token.contents.strip() for node in rest if node.token):
        raise TemplateSyntaxError(f"component {spec.name}: takes text only in its slots {list(spec.slots)}")
    return {**named, "": rest}
