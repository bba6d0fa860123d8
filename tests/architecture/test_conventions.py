"""Conventions of style.md §2 that a machine can keep: where writes stand, what is used, what points where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import Resolver404, resolve

from tests.architecture.permissions import transitions
from zhiping.jobs import queue
from zhiping.messaging.kind import Kind

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "zhiping"
MODULES = {
    path.relative_to(HOUSE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(HOUSE.rglob("*.py"))
    if "migrations" not in path.parts
}
TEMPLATES = {
    path.as_posix().rpartition("/templates/")[2]: path.read_text(encoding="utf-8")
    for path in sorted(HOUSE.rglob("templates/**/*.html"))
}
WRITES_ITSELF = {
    "auditlog/recording.py": "the log's own two tables, written inside every operation",
    "certificates/numbering.py": "the next number of a series, taken under a lock inside the issuing operation",
    "jobs/queue.py": "the queue's own table, below every context",
    "lifecycle/moving.py": "move() is the one writer of states",
}
NAMED_BY_A_LIBRARY = {"account/", "mfa/", "allauth/", "django/", "forms/"}


def _writes(source: str) -> Iterator[int]:
    """Lines that write a row: a manager's or queryset's verb, or save() and delete() of an object."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        verb, receiver = node.func.attr, ast.unparse(node.func.value)
        by_manager = verb in {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
        by_rows = verb in {"update", "delete"} and re.search(r"\.objects|_default_manager|^rows$", receiver)
        by_object = verb in {"save", "delete"} and not node.args
        if (by_manager and ".objects" in receiver) or by_rows or by_object:
            yield node.lineno


def _may_write(name: str) -> bool:
    parts = name.split("/")
    return "operations" in parts or parts[-1] in {"operations.py", "tasks.py"} or "demo" in parts


def test_rows_are_written_in_operations_and_tasks_alone():
    found = {name for name, source in MODULES.items() if not _may_write(name) and list(_writes(source))}

    assert found == set(WRITES_ITSELF)


@pytest.mark.parametrize(
    "line", ["Row.objects.create(a=1)", "row.save()", "Row.objects.filter(a=1).update(a=2)", "row.delete()"]
)
def test_a_write_is_seen(line):
    assert list(_writes(line)) == [1]


def test_access_of_every_transition_is_a_function_of_an_access_module():
    found = [each.verb for _, each in transitions() if each.access.__module__.rpartition(".")[2] != "access"]

    assert found == []


def test_every_page_template_is_used():
    """Named whole in code or in another template, or where code puts the name together."""
    everything = "\n".join([*MODULES.values(), *TEMPLATES.values()])
    completed = re.findall(r'f"([a-z_/]+/)\{', everything)
    everything = everything.replace("{HERE}/", "public/accounts/")
    found = [
        name
        for name in TEMPLATES
        if not name.startswith((*NAMED_BY_A_LIBRARY, "components/", *completed))
        and f'"{name}' not in everything
        and not re.fullmatch(r"\d{3}\.html", name)
    ]

    assert found == []


def test_every_component_is_used_outside_the_catalogue():
    pages = "\n".join(text for name, text in TEMPLATES.items() if not name.startswith("demo/"))
    found = [
        name
        for name in TEMPLATES
        if name.startswith("components/") and f'component "{Path(name).stem}"' not in pages
    ]

    assert found == []


def test_templates_name_pages_instead_of_writing_paths():
    path = re.compile(r'(?:href|action|src|hx-get|hx-post)="/[a-z]')

    assert sorted(name for name, text in TEMPLATES.items() if path.search(text)) == []


def _kinds() -> dict[str, tuple[str, Kind]]:
    found = {}
    for name in MODULES:
        if name.endswith("messages.py"):
            module = __import__(f"zhiping.{name[:-3].replace('/', '.')}", fromlist=["_"])
            found |= {key: (name, each) for key, each in vars(module).items() if isinstance(each, Kind)}
    return found


@pytest.mark.parametrize("constant", _kinds())
def test_every_kind_of_message_is_told_by_somebody(constant):
    home = _kinds()[constant][0]
    elsewhere = "\n".join(source for name, source in MODULES.items() if name != home)

    assert re.search(rf"\b{constant}\b", elsewhere)


@pytest.mark.parametrize("constant", _kinds())
def test_every_message_leads_to_a_page(constant):
    link = _kinds()[constant][1].link
    path = re.sub(r"\{\w+\}", "1", link).partition("#")[0].partition("?")[0]

    if path.startswith("/"):
        try:
            resolve(path)
        except Resolver404:
            pytest.fail(f"{constant} leads to {link}, which is no page")


def test_every_background_entry_point_is_registered_when_the_platform_starts():
    found = [
        name
        for name, source in MODULES.items()
        if re.search(r"^@(task|periodic)\(", source, re.M)
        and f"from zhiping.{name.split('/')[0]} import tasks"
        not in MODULES.get(f"{name.split('/')[0]}/apps.py", "")
    ]

    assert found == []


def test_everything_enqueued_has_its_task():
    asked = set(re.findall(r'enqueue\(\s*"([\w.]+)"', "\n".join(MODULES.values())))

    assert asked
    assert asked <= set(queue._kinds)


def _layers() -> list[set[str]]:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    lines = text.partition("layers =\n")[2].partition("\n\n")[0].splitlines()
    return [set(re.findall(r"\w+", line)) for line in lines]


def test_foreign_keys_point_down_the_layers():
    """A table of a lower context never refers to one of a higher: the same order as imports (architecture §4)."""
    height = {name: number for number, layer in enumerate(_layers()) for name in layer}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("zhiping.") and field.is_relation and field.concrete
        if (there := field.related_model.__module__).startswith("zhiping.")
        if height[there.split(".")[1]] < height[model.__module__.split(".")[1]]
    ]

    assert found == []
