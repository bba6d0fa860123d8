"""The production server as bin/demo starts it, on a folder of its own; and one client on a kept connection."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "b" * 32  # the CSRF cookie and header of the bench agree, as a browser's form and cookie do


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """gunicorn with two processes of 32 threads, loaded once and forked."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port, self.environment = free_port(), environment

    def __enter__(self) -> "Server":
        command = [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "2",
            "--worker-class", "gthread", "--threads", "32", "--preload", "--log-level", "warning",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT)
        for _ in range(600):
            try:
                if Client(self.port).get("/healthz").status == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not answer within a minute")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def memory(self) -> tuple[float, float]:
        """MB of all its processes: resident, and with shared pages counted once."""
        pids = [self.process.pid, *_children(self.process.pid)]
        texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
        found = [
            [int(re.search(rf"^{key}:\s+(\d+)", text, re.M)[1]) for text in texts] for key in ("Rss", "Pss")
        ]
        return sum(found[0]) / 1024, sum(found[1]) / 1024

    def processor_ms(self) -> float:
        """Processor time its processes have taken so far."""
        ticks = os.sysconf("SC_CLK_TCK")
        stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                 for pid in (self.process.pid, *_children(self.process.pid))]  # fmt: skip
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / ticks * 1000


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Answer:
    """What came back, as it was on the wire."""

    def __init__(self, answer: http.client.HTTPResponse, milliseconds: float) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        self.milliseconds = milliseconds


class Client:
    """One browser: keeps its connection, sends its session, takes gzip."""

    def __init__(self, port: int, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cookies = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
        self.headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "Accept-Encoding": "gzip"}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(
        self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded", **more: str
    ) -> Answer:
        return self._ask("POST", path, body, {"Content-Type": kind, **more})

    def _ask(
        self, method: str, path: str, body: bytes | None = None, more: dict[str, str] | None = None
    ) -> Answer:
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, {**self.headers, **(more or {})})
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()  # kept connections end after two idle seconds
            return self._ask(method, path, body, more)
        found = Answer(answer, 0.0)
        found.milliseconds = (time.perf_counter() - began) * 1000
        return found
