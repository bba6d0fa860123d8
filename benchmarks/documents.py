"""How fast one core prints review forms, signs and verifies: `python -m benchmarks documents`."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.figures import Figure
from tests.factories import documents as samples
from zhiping.documents.demo_authority import make_demo_authority
from zhiping.documents.printing import render
from zhiping.documents.signing import LocalSigner, sign
from zhiping.documents.verification import verify

ROUNDS = 40


def rate(name: str, action: Callable[[int], object], goal: float | None = None) -> Figure:
    """Runs in each second of this process's processor time, all its threads together."""
    action(0)
    started, cpu_started = time.perf_counter(), time.process_time()
    for number in range(1, ROUNDS + 1):
        action(number)
    elapsed, cpu = time.perf_counter() - started, time.process_time() - cpu_started
    note = f"按钟表时间 {ROUNDS / elapsed:.1f}"
    return Figure(name, ROUNDS / cpu, "份/秒", goal, more_is_better=True, note=note)


def figures() -> Iterator[Figure]:
    def print_form(number: int) -> bytes:
        form = samples.review_form(form_number=f"ZJ2021-GMS-{number:06}", version=f"1-{number:012x}")
        return render(form.template, form, created=samples.CREATED)

    with tempfile.TemporaryDirectory() as directory:
        authority = make_demo_authority(Path(directory), now=samples.CREATED)
        signer = LocalSigner.from_files(
            key=authority.key, certificate=authority.certificate, chain=[authority.root]
        )
        roots = [authority.root.read_bytes()]
    pdf = print_form(0)
    signed = sign(pdf, signer, reason="签发", at=samples.CREATED)
    yield rate("评审表", print_form, 20)
    yield rate("签名", lambda _: sign(pdf, signer, reason="签发", at=samples.CREATED))
    yield rate("验签", lambda _: verify(signed, roots))
