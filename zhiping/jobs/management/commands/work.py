"""`bin/zhiping work`: the background worker; run as many as wanted."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhiping.jobs.queue import run_due, run_periodic

TICK_SECONDS = 5.0


class Command(BaseCommand):
    help = "Run queued jobs and periodic tasks until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.going = not once
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        next_tick = 0.0
        while True:
            if time.monotonic() >= next_tick:
                run_periodic()
                next_tick = time.monotonic() + TICK_SECONDS
            ran = run_due()
            if not self.going and not (once and ran):
                return
            if not ran:
                time.sleep(0.3)

    def stop(self, *_: Any) -> None:
        self.going = False
