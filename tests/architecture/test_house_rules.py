"""Conventions nobody checks are wishes: sizes, locks, clean text, and what every file must (not) hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACKED = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (ROOT / line).is_file()
]
CODE = [path for path in TRACKED if path.suffix == ".py" and "migrations" not in path.parts]
PRODUCT = [
    path for path in CODE if path.is_relative_to(ROOT / "zhiping") or path.is_relative_to(ROOT / "config")
]
TEMPLATES = [path for path in TRACKED if path.suffix == ".html"]


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def too_long(paths: list[Path], cap: int) -> dict[str, int]:
    return {str(path.relative_to(ROOT)): n for path in paths if (n := lines_of(path)) > cap}


def test_modules_have_at_most_300_lines():
    assert too_long(PRODUCT, 300) == {}


def test_test_files_have_at_most_600_lines():
    assert too_long([path for path in CODE if path.is_relative_to(ROOT / "tests")], 600) == {}


def test_templates_have_at_most_120_lines():
    assert too_long(TEMPLATES, 120) == {}


def test_functions_have_at_most_40_lines():
    """Counted from the first statement: one keyword argument a line and a docstring that lists steps cost nothing."""
    found = {}
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (length := body_lines(node)) > 40:
                found[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert found == {}


def body_lines(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return node.end_lineno - body[0].lineno + 1 if body else 0


def test_modules_say_what_they_are_for():
    found = [
        str(path.relative_to(ROOT))
        for path in PRODUCT
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["product", "dev"])
def test_locks_name_no_host_and_pin_every_package_by_hash(name):
    lock = (ROOT / "requirements" / f"{name}.lock").read_text()

    assert not re.search(r"://|--index-url|--extra-index-url|--find-links", lock)
    assert len(re.findall(r"^[a-z0-9].*==", lock, re.M)) == len(re.findall(r"==.*\n    --hash=", lock))


def test_nothing_is_left_unfinished():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|mark\.(skip|xfail)|pytest\.skip\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*CODE, *TEMPLATES]
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_no_junk_drawers():
    banned = {"utils", "helpers", "common", "misc", "manager", "handler", "processor", "service", "services"}
    assert [
        str(path.relative_to(ROOT)) for path in PRODUCT if path.stem in banned or path.parent.name in banned
    ] == []
