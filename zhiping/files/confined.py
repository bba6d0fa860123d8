"""A PDF is taken apart in a process of its own, which gets so much time and memory and no more.

Whatever a hostile file does to the reader (endless loops, deep nesting, bombs), the worst it costs is that process. It
is given nothing of the platform's environment.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

from zhiping.kernel.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 15  # of computing; a busy machine may take longer by the clock
PATIENCE = 40.0
MEMORY = 1024 * 1024 * 1024
COMMAND = (sys.executable, "-X", "utf8", "-m", "zhiping.files.confined")


def confined_pages(path: Path, *, name: str, max_pages: int) -> int:
    """The number of pages as `pdf_pages` finds it; Refused also when looking costs too much."""
    asked = json.dumps({"path": str(path), "name": name, "max_pages": max_pages, "memory": MEMORY})
    try:
        done = subprocess.run(
            COMMAND, input=asked.encode(), capture_output=True, timeout=PATIENCE, cwd=ROOT, env={}, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise Refused(
            f"“{name}”的内部结构过于复杂，无法在限定的时间和内存内检查。请用“打印为 PDF”重新生成后再上传。"
        ) from None
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer["pages"]


def answer_to(asked: str) -> str:
    """What the process answers: the pages, or the sentence of a refusal."""
    from zhiping.files.pdf import pdf_pages  # late: only this process needs the reader

    told = json.loads(asked)
    try:
        pages = pdf_pages(Path(told["path"]), name=told["name"], max_pages=told["max_pages"])
    except Refused as refusal:
        return json.dumps({"refused": refusal.sentence})
    return json.dumps({"pages": pages})


def confine(memory: int, seconds: int) -> None:
    """Take from this process what looking into a file does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    question = sys.stdin.read()
    confine(json.loads(question)["memory"], SECONDS)
    sys.stdout.write(answer_to(question))
