"""A real server with its own data, as bin/demo starts it, and visitors who look at it in Chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import DESK, PHONE, BrowserVisitor
from tests.journeys.steps import Stage

ROOT = Path(__file__).resolve().parents[2]
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PEOPLE = ("craftsman", "engineer", "newcomer", "freelancer")


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[str]:
    """Database, demo world, web server and worker; gives the address."""
    port, folder = free_port(), tmp_path_factory.mktemp("demo")
    address = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "ZHIPING_DATA_DIR": str(folder),
        "ZHIPING_PUBLIC_URL": address,
        "PYTHONWARNINGS": "ignore",
    }

    def command(*words: str) -> list[str]:
        return [sys.executable, *words]

    for words in (("migrate", "-v0"), ("demo_world",), ("collectstatic", "--noinput", "-v0")):
        subprocess.run(command("manage.py", *words), env=environment, cwd=ROOT, check=True)
    web = command("-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
                  "--worker-class", "gthread", "--threads", "8", "--log-level", "warning")  # fmt: skip
    running = [
        subprocess.Popen(each, env=environment, cwd=ROOT) for each in (web, command("manage.py", "work"))
    ]
    try:
        wait_until_up(address)
        yield address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("ZHIPING_CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def stage(chromium, server) -> Iterator[Stage]:
    """Applicants and guests hold a phone, everybody else sits at a desk; nobody's console may show an error."""
    visitors: list[BrowserVisitor] = []

    def visitor(login: str = "") -> BrowserVisitor:
        size = PHONE if not login or login in PEOPLE else DESK
        visitors.append(BrowserVisitor(chromium, server, size))
        return visitors[-1]

    yield Stage(visitor)
    seen = "\n".join(each for visitor in visitors for each in visitor.errors)
    assert not seen, seen


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
