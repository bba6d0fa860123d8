"""The systems around an application, each in a fresh folder and database: continuing education.

Times are of processor and disk together, in a process of its own, so that the peak of memory is its own too.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.server import ROOT

PEOPLE, ROWS = 100_000, 10_000
MADE = "benchmarks.hours_world"


def figures() -> Iterator[Figure]:
    """Ledger verdict, shortfall report, import by Excel, and what they take of memory."""
    with tempfile.TemporaryDirectory(prefix="zhiping-bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "ZHIPING_DATA_DIR": folder,
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        told = {}
        for part in ("people", "verdict", "shortfall", "import"):
            done = subprocess.run(
                [sys.executable, "-m", MADE, part],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
            )
            told |= json.loads(done.stdout)
    yield Figure("学时结论（一人）", told["verdict"], "ms", 2)
    yield Figure(f"学时缺口表（{PEOPLE} 人）", told["shortfall"], "s", 60)
    yield Figure("　内存峰值", told["shortfall_memory"], "MB", 300)
    yield Figure(f"Excel 核对（{ROWS} 行）", told["check"], "s", 60)
    yield Figure(f"Excel 入账（{ROWS} 行）", told["enter"], "s", 60)
    yield Figure("　内存峰值", told["import_memory"], "MB", 300)
