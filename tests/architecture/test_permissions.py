"""The permission table in docs/ is current, and nobody without a role in a thing may move it."""

import ast
import os
from pathlib import Path

import pytest

from tests.architecture.permissions import ROLES, mark, table, transitions
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db
# Reached only inside publish_pack, whose own access ties it to the version that is published.
# An application is expelled only by enforce_record, whose record is tied to the body that confirms it.
CONSEQUENCES = {
    ("pack.supersede", Role.COMMITTEE_OFFICE),
    *(("application.expel", role) for role in (Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR)),
}
ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "permissions.md"


def test_the_permission_table_is_current():
    wanted = table()
    if os.environ.get("ZHIPING_WRITE_DOCS"):
        DOCUMENT.write_text(wanted, encoding="utf-8")

    assert DOCUMENT.read_text(encoding="utf-8") == wanted


def test_every_transition_is_open_to_somebody():
    """A verb nobody may perform is dead."""
    assert [each.verb for _, each in transitions() if not any(mark(each, role) for role in ROLES)] == []


def test_only_the_system_and_its_administrator_act_without_any_tie_to_the_thing():
    found = {
        (each.verb, role)
        for _, each in transitions()
        for role in ROLES
        if mark(each, role) == "!" and role not in {Role.SYSTEM, Role.SYSTEM_ADMIN}
    }
    assert found == CONSEQUENCES


def test_an_applicant_never_moves_what_belongs_to_somebody_else():
    found = [each.verb for _, each in transitions() if mark(each, Role.APPLICANT) in {"●", "●○", "!"}]

    assert found == []


def test_a_supervisor_changes_nothing():
    assert [each.verb for _, each in transitions() if mark(each, Role.SUPERVISOR)] == []


def test_every_transition_is_performed_by_an_operation():
    """An arrow that no operation moves along is a promise nobody keeps."""
    declared = {each.verb for _, each in transitions()}

    assert sorted(declared - performed_verbs()) == []


def performed_verbs() -> set[str]:
    """Verbs of the transitions that operations and tasks name (asking an arrow for its `sources` is no performing)."""
    by_name: dict[str, dict[str, str]] = {}
    for module in (ROOT / "zhiping").glob("*/transitions.py"):
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                call = node.value
                verb = call.args[0] if call.args else next(k.value for k in call.keywords if k.arg == "verb")
                if isinstance(verb, ast.Constant):
                    by_name.setdefault(module.parent.name, {})[node.targets[0].id] = verb.value
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                names = by_name[module.parent.name]
                parts = [names[part.id] for part in node.value.elts if getattr(part, "id", "") in names]
                names.update({f"{node.targets[0].id}[{n}]": verb for n, verb in enumerate(parts)})
    return {
        verb
        for context, names in by_name.items()
        for path in (ROOT / "zhiping" / context).rglob("*.py")
        if "operations" in path.relative_to(ROOT).as_posix() or path.stem == "tasks"
        for name in _used(path)
        for key, verb in names.items()
        if key == name or key.startswith(f"{name}[")
    }


def _used(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "sources"
    }
    named = (node for node in ast.walk(tree) if node not in asked)
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in named
        if isinstance(node, ast.Name)
        or (isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "transitions")
    }


def test_verbs_follow_the_grammar_noun_dot_verb():
    assert [each.verb for _, each in transitions() if each.verb.count(".") != 1] == []
