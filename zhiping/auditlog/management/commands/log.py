"""`bin/zhiping log verify`: recompute the whole decision log; `log head`: print what to note down elsewhere."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhiping.auditlog.models import LogHead
from zhiping.auditlog.queries import breaks


class Command(BaseCommand):
    help = "Check the hash chain of the decision log, or print its head."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "head"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        head = LogHead.objects.get(pk=1)
        if action == "verify":
            found = list(breaks())
            for place in found:
                self.stdout.write(f"第 {place.sequence} 条：{place.reason}")
            if found:
                self.stdout.write(f"日志不完整：{len(found)} 处不符。")
                sys.exit(1)
            self.stdout.write(f"日志完整：{head.sequence} 条，逐条相扣。")
        self.stdout.write(f"链头 {head.sequence} {head.hash}")
