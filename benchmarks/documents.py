"""Print how fast one core prints review forms, signs and verifies: ``python benchmarks/documents.py``."""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.factories import documents as samples
from zhiping.documents.demo_authority import make_demo_authority
from zhiping.documents.printing import render
from zhiping.documents.signing import LocalSigner, sign
from zhiping.documents.verification import verify

ROUNDS = 40


def rate(label: str, action) -> None:
    """Print the rate in seconds of this process's processor time, all its threads together."""
    action(0)
    started, cpu_started = time.perf_counter(), time.process_time()
    for number in range(1, ROUNDS + 1):
        action(number)
    elapsed, cpu = time.perf_counter() - started, time.process_time() - cpu_started
    print(f"{label:<24} {ROUNDS / cpu:7.1f} per CPU second {ROUNDS / elapsed:7.1f} per second")  # noqa: T201


def main() -> None:
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
    rate("review forms printed", print_form)
    rate("files signed", lambda _: sign(pdf, signer, reason="签发", at=samples.CREATED))
    rate("signatures verified", lambda _: verify(signed, roots))


if __name__ == "__main__":
    main()
