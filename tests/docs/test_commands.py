"""A command in a document is run by a test; what takes minutes is at least parsed by the real parser."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from importlib.machinery import SourceFileLoader

import pytest
from django.core.management import get_commands, load_command_class

from tests.docs.pages import DOCS, FENCE, ROOT, commands, text_of
from zhiping.policy_engine.cli import main as policy

COMMANDS = sorted({command for _, command in commands()})
OWN = {"bench", "demo", "test", "zhiping"}


def words(command: str) -> tuple[dict[str, str], list[str]]:
    """Leading VARIABLE=value, and the words after them."""
    parts = shlex.split(command)
    settings = {}
    while parts and re.fullmatch(r"[A-Z_]+=.*", parts[0]):
        name, _, value = parts.pop(0).partition("=")
        settings[name] = value
    return settings, parts


def script(name: str):
    """One of bin/'s Python scripts as a module."""
    sys.path.insert(0, str(ROOT / "bin"))
    try:
        loader = SourceFileLoader(f"bin_{name}", str(ROOT / "bin" / name))
        module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
        loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "bin"))
    return module


def test_documents_quote_the_commands_of_bin():
    assert {words(command)[1][0] for command in COMMANDS} == {f"bin/{name}" for name in OWN}


def test_the_readme_says_the_two_commands_first():
    readme = text_of(ROOT / "README.md")

    _, _, block = FENCE.search(readme).groups()

    assert [line.split()[0] for line in block.splitlines()] == ["bin/demo", "bin/test"]
    assert readme.index("```") < readme.index("!["), "the commands stand before the pictures"


@pytest.mark.parametrize("command", [c for c in COMMANDS if words(c)[1][0] == "bin/demo"])
def test_a_demo_command_has_known_options(command, monkeypatch):
    monkeypatch.setattr(sys, "argv", words(command)[1])

    options = script("demo").parse()

    assert 0 < options.port < 65536


@pytest.mark.parametrize("command", [c for c in COMMANDS if words(c)[1][0] == "bin/test"])
def test_a_test_command_names_files_that_exist(command):
    settings, parts = words(command)
    paths = [each for each in parts[1:] if each.startswith("tests/")]

    assert [each for each in paths if not (ROOT / each.split("::")[0]).exists()] == []
    assert set(settings) <= {"ZHIPING_WRITE_DOCS"}
    assert (ROOT / "bin" / "test").exists()


@pytest.mark.parametrize("command", [c for c in COMMANDS if words(c)[1][0] == "bin/bench"])
def test_a_bench_command_names_parts_that_exist(command):
    source = (ROOT / "benchmarks" / "__main__.py").read_text(encoding="utf-8")

    parts = words(command)[1][1:]

    assert [part for part in parts if f'if "{part}" in parts' not in source] == []


POLICY = [c for c in COMMANDS if words(c)[1][:2] == ["bin/zhiping", "policy"]]
LONG = {"bin/zhiping policy check"}  # bin/test runs it as a step of its own
MANAGED = [c for c in COMMANDS if words(c)[1][0] == "bin/zhiping" and c not in POLICY]
RUN = [c for c in MANAGED if words(c)[1][1] in {"log", "workdays", "work"}]


@pytest.mark.parametrize("command", sorted(set(POLICY) - LONG))
def test_a_policy_command_runs(command, capsys):
    code = policy(words(command)[1][2:], root=ROOT / "policy_packs")

    assert code == 0
    assert capsys.readouterr().out.strip()


def test_checking_all_packs_is_a_step_of_the_test_command():
    assert '"policy", "check"' in (ROOT / "bin" / "test").read_text()


@pytest.mark.parametrize("command", MANAGED)
def test_a_management_command_exists_with_these_arguments(command):
    _, parts = words(command)
    name, rest = parts[1], parts[2:]
    assert name in get_commands()
    parser = load_command_class(get_commands()[name], name).create_parser("bin/zhiping", name)

    if "--help" in rest:
        assert parser.format_help()
    else:
        assert parser.parse_args(rest)


@pytest.mark.django_db
@pytest.mark.parametrize("command", RUN)
def test_a_fast_management_command_runs(command, capsys):
    from django.core.management import call_command

    call_command(*words(command)[1][1:])

    printed = capsys.readouterr().out
    assert printed.strip() or words(command)[1][1] == "work"


@pytest.mark.django_db
@pytest.mark.parametrize("command", [c for c in MANAGED if words(c)[1][1] == "shell"])
def test_a_line_of_python_in_a_document_runs(command, capsys):
    line = words(command)[1][3]

    exec(compile(line, command, "exec"), {})

    assert capsys.readouterr().out.strip()


def test_the_demo_prints_its_help_without_starting_anything():
    done = subprocess.run(
        [sys.executable, ROOT / "bin" / "demo", "--help"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )

    assert done.returncode == 0
    for option in ("--port", "--no-open", "--reset", "--check"):
        assert option in done.stdout


def test_documents_were_found():
    assert len(DOCS) > 20
    assert len(COMMANDS) > 10
