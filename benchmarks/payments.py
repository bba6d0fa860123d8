"""Callbacks of the payment platform through the production server, and the fault matrix of the payment gateway."""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

from benchmarks.faults import FaultRow
from benchmarks.figures import Figure
from benchmarks.server import ROOT, Client, Server
from sandbox.payment.signing import NOTICE, signature

BILLS, TIMES, THREADS = 600, 2, 8
WORLD = "benchmarks.payments_world"


def figures() -> Iterator[Figure]:
    """Every bill is told of twice, in random order, by eight callers at once; then the ledger is counted."""
    engine = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    with tempfile.TemporaryDirectory(prefix="zhiping-bench-") as folder:
        environment = _fresh(Path(folder))
        bills = _told("make", environment)
        key = (Path(folder) / "shared-keys" / "payment.key").read_text()
        with Server(environment) as server:
            took, statuses = _knock(server.port, bills, key)
        counted = _told("count", environment)
    sent = len(bills) * TIMES
    if engine == "SQLite":
        yield Figure("支付通知（每分钟，每笔来两次）", sent / took * 60, "次/分", 1000, more_is_better=True)
    else:
        yield Figure("支付通知（每秒，每笔来两次）", sent / took, "次/秒", 100, more_is_better=True)
    yield Figure("　没有收下的", sum(status != 200 for status in statuses), "次", 0)
    yield Figure("　重复入账", counted["payments"] - counted["paid"], "笔", 0)
    yield Figure("　漏记", len(bills) - counted["paid"], "笔", 0)


def matrix() -> list[FaultRow]:
    """Play each failure once against a whole platform with a worker."""
    with tempfile.TemporaryDirectory(prefix="zhiping-bench-") as folder:
        environment = _fresh(Path(folder))
        environment.pop("DATABASE_URL", None)
        return [FaultRow(**row) for row in _told("matrix", environment)]


def _fresh(folder: Path) -> dict[str, str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "ZHIPING_DATA_DIR": str(folder),
    }
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        made = [sys.executable, "manage.py", *command, "--verbosity", "0"]
        subprocess.run(made, cwd=ROOT, env=environment, check=True)
    return environment


def _told(part: str, environment: dict[str, str]):
    command = [sys.executable, "-m", WORLD, part]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def _knock(port: int, bills: list[dict], key: str) -> tuple[float, list[int]]:
    """Send every notice; seconds and the answers' states."""
    waiting: SimpleQueue = SimpleQueue()
    stream = bills * TIMES
    random.Random(7).shuffle(stream)  # noqa: S311
    for bill in stream:
        waiting.put(bill)
    statuses: list[int] = []

    def caller() -> None:
        client = Client(port)
        while True:
            try:
                bill = waiting.get_nowait()
            except Empty:
                return
            statuses.append(_send(client, bill, key))

    threads = [threading.Thread(target=caller) for _ in range(THREADS)]
    began = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return time.perf_counter() - began, statuses


def _send(client: Client, bill: dict, key: str) -> int:
    now = datetime.now(UTC)
    told = {
        "event": f"E-{bill['order']}",
        "kind": "paid",
        "currency": "CNY",
        "transaction": f"T-{bill['order']}",
    }
    body = json.dumps({**told, **bill, "paid_at": now.isoformat()}).encode()
    timestamp, nonce = str(int(now.timestamp())), told["event"]
    head = {"X-Timestamp": timestamp, "X-Nonce": nonce}
    head["X-Signature"] = signature(key, (NOTICE, ""), timestamp, nonce, body)
    return client.post("/callbacks/payment/", body, kind="application/json", **head).status
