"""Pages as one user sees them, on a database with 100 and on one with 10,000 applications, taking turns.

Times are measured by a client on loopback with a kept connection, after warming up; the two servers answer
alternately, so that whatever else the machine does falls on both alike.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.figures import Figure, middle, show
from benchmarks.server import ROOT, Answer, Client, Server
from benchmarks.uploads import multipart, scanned_pdf

SIZES = (100, 10_000)
LOADS, WARM = 60, 8
DESKS = {"employer": "用人单位", "authority": "人社部门", "committee": "评委会办公室"}
FORM = {
    "pathway": "skilled",
    "committee": "示例市工艺美术专业中级职务评审委员会",
    "self_report": "任现职以来，一直在生产一线从事青瓷造型设计。" * 20,
}
REFERENCED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')


@dataclass
class Place:
    """One size of world with its server."""

    number: int
    server: Server
    known: dict[str, Any]
    folder: Path

    def client(self, role: str) -> Client:
        return Client(self.server.port, self.known["staff"][role])


def main(*, on_postgres: bool = False) -> None:
    with ExitStack() as stack:
        places = [stack.enter_context(_place(number, on_postgres=on_postgres)) for number in SIZES]
        timed = list(_timed(places))
        wire = list(_wire(places[-1]))
        resident, once = places[-1].server.memory()
        name = "PostgreSQL" if on_postgres else "SQLite"
        show(f"页面（{name}；p50，毫秒；{SIZES[-1]} 件与 {SIZES[0]} 件之比）", timed)
        show("查询数（两种规模）", _queries(places))
        show("首次打开（gzip 后字节与请求数）", wire)
        note = f"共享的内存只计一次为 {once:.0f} MB"
        show("内存", [Figure("服务进程合计", resident, "MB", 300, note=note)])


@contextmanager
def _place(number: int, *, on_postgres: bool) -> Iterator[Place]:
    """A fresh folder and database with `number` applications, served."""
    with tempfile.TemporaryDirectory(prefix="zhiping-bench-") as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "ZHIPING_DATA_DIR": name,
            "PYTHONWARNINGS": "ignore",
        }
        environment.pop("DATABASE_URL", None)
        if on_postgres:
            environment["DATABASE_URL"] = _new_database(f"bench_{number}")
        for command in (
            ["manage.py", "migrate", "--verbosity=0"],
            ["manage.py", "collectstatic", "--noinput", "--verbosity=0"],
            ["-m", "benchmarks.world", str(number), str(folder / "known.json")],
        ):
            subprocess.run([sys.executable, *command], env=environment, cwd=ROOT, check=True)
        with Server(environment) as server:
            yield Place(number, server, json.loads((folder / "known.json").read_text()), folder)


def _new_database(name: str) -> str:
    """A database of its own in the PostgreSQL that DATABASE_URL names."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")  # names are ours, not from outside
        connection.execute(f"CREATE DATABASE {name}")
    head, mark, options = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{options}"


def _timed(places: list[Place]) -> Iterator[Figure]:
    for role, label in DESKS.items():
        clients = [place.client(role) for place in places]
        yield _compare(f"{label} 列表", 20, places, [_loads(c, [f"/{role}/applications/"]) for c in clients])
        cases = [[f"/{role}/applications/{key}/" for key in place.known["cases"][role]] for place in places]
        loads = [_loads(client, urls) for client, urls in zip(clients, cases, strict=True)]
        yield _compare(f"{label} 案件", 15, places, loads)
    yield _compare("保存一页", 15, places, [_saves(place) for place in places])
    both: list[list[float]] = [[], []]
    attach = _compare("上传 200 KB 的 PDF", None, places, [_attaches(place) for place in places], both)
    submit = _compare("提交", None, places, [_submits(place) for place in places], both)
    whole = [middle(times[: len(times) // 2]) + middle(times[len(times) // 2 :]) for times in both]
    yield attach
    yield submit
    yield Figure("提交，连同上传", whole[-1], goal=30, note=f"比 {whole[-1] / whole[0]:.2f}")


def _compare(
    name: str,
    goal: float | None,
    places: list[Place],
    acts: list[Callable[[], Answer]],
    kept: list[list[float]] | None = None,
) -> Figure:
    """p50 at the larger size, its ratio to the smaller, and the processor time of one request."""
    rounds = LOADS if kept is None else LOADS - WARM
    for act in acts:
        for _ in range(WARM):
            act()
    times: list[list[float]] = [[] for _ in places]
    spent = places[-1].server.processor_ms()
    for _ in range(rounds):
        for act, found in zip(acts, times, strict=True):
            found.append(act().milliseconds)
    spent = (places[-1].server.processor_ms() - spent) / rounds
    if kept is not None:
        for each, found in zip(kept, times, strict=True):
            each.extend(found)
    small, large = middle(times[0]), middle(times[-1])
    note = f"比 {large / small:.2f}　处理器 {spent:.1f} ms　最快 {min(times[-1]):.1f}"
    return Figure(name, large, goal=goal, note=note)


def _loads(client: Client, paths: list[str]) -> Callable[[], Answer]:
    turn = iter(paths * (LOADS + WARM))
    return lambda: _fine(client.get(next(turn)), 200)


def _saves(place: Place) -> Callable[[], Answer]:
    """The script of the page saves the form again and again."""
    draft = place.known["drafts"][0]
    client, version = Client(place.server.port, draft["session"]), draft["versions"]["form"]

    def act() -> Answer:
        nonlocal version
        body = urlencode({**FORM, "self_report": FORM["self_report"] + str(version), "version": version})
        path = f"/applicant/applications/{draft['key']}/form/"
        answer = _fine(client.post(path, body.encode(), **{"X-Autosave": "1"}), 200)
        version = json.loads(
            gzip.decompress(answer.body) if answer.headers.get("Content-Encoding") else answer.body
        )["version"]
        return answer

    return act


def _attaches(place: Place) -> Callable[[], Answer]:
    return _each_draft(place, lambda client, key, n: client.post(
        f"/applicant/applications/{key}/attachments/post_form/", *multipart({"version": "0"}, scanned_pdf(n))
    ))  # fmt: skip


def _submits(place: Place) -> Callable[[], Answer]:
    return _each_draft(place, lambda client, key, n: client.post(
        f"/applicant/applications/{key}/check/", urlencode({"token": f"bench-{n}-{key}", "confirmed": "1"}).encode()
    ))  # fmt: skip


def _each_draft(place: Place, act: Callable[[Client, int, int], Answer]) -> Callable[[], Answer]:
    """Once for each spare draft, on one kept connection with the sessions of their people."""
    client, turn = Client(place.server.port), iter(enumerate(place.known["drafts"][2:]))

    def one() -> Answer:
        n, draft = next(turn)
        client.headers["Cookie"] = Client(place.server.port, draft["session"]).headers["Cookie"]
        return _fine(act(client, draft["key"], n), 302)

    return one


def _fine(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"answered {answer.status} instead of {status}: {answer.body[:300]!r}")
    return answer


def _queries(places: list[Place]) -> Iterator[Figure]:
    goals = {"列表": 6, "案件": 8, "提交": 15}
    counted = [place.known["queries"] for place in places]
    for name, number in counted[-1].items():
        goal = next((goal for word, goal in goals.items() if word in name), None)
        yield Figure(name, number, "条", goal, note=f"{places[0].number} 件时 {counted[0][name]}")


def _wire(place: Place) -> Iterator[Figure]:
    """Bytes and requests of a first visit, with an empty cache, but for the pictures of a case; and the page alone, unpacked."""
    draft, case = place.known["drafts"][1], place.known["cases"]["employer"][0]
    visits = [("首页", "", "/"), ("计划", "", f"/plans/{place.known['plan']}/"), ("登录", "", "/accounts/login/"),
              ("我的申报", draft["session"], "/applicant/"),
              ("填写申报信息", draft["session"], f"/applicant/applications/{draft['key']}/form/"),
              ("预览提交", draft["session"], f"/applicant/applications/{draft['key']}/check/")]  # fmt: skip
    for role, label in DESKS.items():
        visits.append((f"{label} 列表", place.known["staff"][role], f"/{role}/applications/"))
    visits.append(("用人单位 案件", place.known["staff"]["employer"], f"/employer/applications/{case}/"))
    for name, session, path in visits:
        client = Client(place.server.port, session)
        page = _fine(client.get(path), 200)
        text = gzip.decompress(page.body) if page.headers.get("Content-Encoding") == "gzip" else page.body
        more = [
            url
            for url in dict.fromkeys(REFERENCED.findall(text.decode()))
            if not url.startswith("data:") and "/files/" not in url
        ]
        sizes = [len(page.body)] + [len(_fine(client.get(url), 200).body) for url in more]
        whole = len(text) / 1000
        note = f"{len(sizes)} 个请求{'' if len(sizes) <= 4 else '（超过 4）'}，页面展开后 {whole:.0f} KB"
        yield Figure(name, sum(sizes) / 1000, "KB", 30, note=note)
