"""A PDF that was made to cost the platform its time or memory is refused in bounded time and memory."""

import json
import subprocess
import sys
import time
import zlib

import pytest

from tests.factories.archive import pdf_bytes
from zhiping.files import confined
from zhiping.files.confined import answer_to, confined_pages
from zhiping.files.inspection import Limits, inspect
from zhiping.files.pdf import is_simple
from zhiping.files.states import PDF_ONLY
from zhiping.kernel.errors import Refused

NESTED = 400_000
HEAD = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
TAIL = b"\ntrailer<</Root 1 0 R/Size 9>>\n%%EOF"


def nested_arrays() -> bytes:
    return HEAD + b"2 0 obj<</Type/Pages/Kids " + b"[" * NESTED + b"]" * NESTED + b">>endobj" + TAIL


def nested_dictionaries() -> bytes:
    return HEAD + b"2 0 obj" + b"<</Pages" * NESTED + b">>" * NESTED + b"endobj" + TAIL


def page_tree_without_end() -> bytes:
    rows = b"".join(b"%d 0 obj<</Type/Pages/Kids[%d 0 R]>>endobj\n" % (n, n + 1) for n in range(2, 20_000))
    return HEAD + rows + TAIL


def too_many_objects() -> bytes:
    return HEAD + b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(2, 300_000)) + TAIL


def chain_of_tables() -> bytes:
    """Each table names the one before it, and the first names the last."""
    out = bytearray(HEAD)
    first = before = None
    for _ in range(20_000):
        here = len(out)
        first = here if first is None else first
        out += b"xref\n0 0\ntrailer<</Root 1 0 R/Size 9/Prev %010d>>\n" % (before or 0)
        before = here
    out[first:] = bytes(out[first:]).replace(b"/Prev 0000000000", b"/Prev %010d" % before, 1)
    return bytes(out) + b"startxref\n%d\n%%%%EOF" % before


def table_bomb() -> bytes:
    """A table of 200 KB that would unpack to 200 MB."""
    body = zlib.compress(b"\0" * 200_000_000, 9)
    return (
        HEAD
        + b"6 0 obj<</Type/XRef/Size 40000000/W[1 2 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
        % len(body)
        + body
        + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(HEAD)
    )


HOSTILE = (
    nested_arrays,
    nested_dictionaries,
    page_tree_without_end,
    too_many_objects,
    chain_of_tables,
    table_bomb,
)


@pytest.mark.parametrize("made", HOSTILE)
def test_no_hostile_file_is_simple(made):
    """Only what is simple is read in the server's own process (speed: a scan is taken in without starting another)."""
    assert not is_simple(made())
    assert is_simple(pdf_bytes())
    assert is_simple(pdf_bytes(pages=40))


@pytest.mark.parametrize("made", HOSTILE)
def test_a_pdf_made_to_cost_much_is_refused_soon(tmp_path, made):
    path = tmp_path / "upload"
    path.write_bytes(made())
    begun = time.monotonic()

    with pytest.raises(Refused) as refusal:
        inspect(path, name="材料.pdf", kinds=PDF_ONLY, limits=Limits())

    assert time.monotonic() - begun < confined.PATIENCE + 5
    assert refusal.value.sentence.startswith("“材料.pdf”")
    assert "再上传" in refusal.value.sentence


def test_what_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(confined, "PATIENCE", 0.2)
    monkeypatch.setattr(confined, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    begun = time.monotonic()

    with pytest.raises(Refused, match="过于复杂，无法在限定的时间和内存内检查"):
        confined_pages(tmp_path / "any", name="a.pdf", max_pages=9)

    assert time.monotonic() - begun < 10


def test_what_takes_too_much_memory_is_stopped(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes())
    monkeypatch.setattr(confined, "MEMORY", 16 * 1024 * 1024)

    with pytest.raises(Refused):
        confined_pages(path, name="a.pdf", max_pages=9)


def test_the_limits_hold_in_the_process():
    """The process cannot lift them again."""
    tried = (
        "from zhiping.files.confined import confine; confine(300_000_000, 1)\n"
        "try:\n    bytearray(400_000_000)\nexcept MemoryError:\n    print('no memory', flush=True)\n"
        "while True: pass"
    )

    done = subprocess.run(
        [sys.executable, "-c", tried], cwd=confined.ROOT, capture_output=True, timeout=30, check=False
    )

    assert done.stdout == b"no memory\n"
    assert done.returncode < 0  # ended by the system after its second of work


def test_the_process_answers_with_pages_or_the_sentence(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes(pages=2))
    asked = {"path": str(path), "name": "成果.pdf", "max_pages": 2}

    assert json.loads(answer_to(json.dumps(asked))) == {"pages": 2}
    assert confined_pages(path, name="成果.pdf", max_pages=2) == 2
    refused = json.loads(answer_to(json.dumps(asked | {"max_pages": 1})))["refused"]
    assert refused.startswith("“成果.pdf”超过 1 页")
    with pytest.raises(Refused, match="超过 1 页"):
        confined_pages(path, name="成果.pdf", max_pages=1)


def test_the_process_gets_nothing_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHIPING_SECRET_KEY", "very secret")
    told = "import os, json; print(json.dumps({'pages': len(os.environ.get('ZHIPING_SECRET_KEY', ''))}))"
    monkeypatch.setattr(confined, "COMMAND", (sys.executable, "-c", told))

    assert confined_pages(tmp_path / "any", name="a.pdf", max_pages=9) == 0
