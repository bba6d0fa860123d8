"""`bin/zhiping workdays FROM +N [--json]`: the last day of N working days, the day of posting not counted."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhiping.kernel.errors import Refused
from zhiping.kernel.queries import working_calendar

WEEKDAYS = "一二三四五六日"


class Command(BaseCommand):
    help = (
        "Count working days on the official calendar: workdays 2026-11-20 +5 (the first day is not counted)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("start", metavar="FROM", help="the day of posting, as 2026-11-20")
        parser.add_argument("count", metavar="+N", help="how many working days, as +5")
        parser.add_argument("--count-first-day", action="store_true", help="count the day of posting, too")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, start: str, count: str, **options: Any) -> None:
        first = self.read_day(start)
        number = self.read_number(count)
        counts_first = options["count_first_day"]
        try:
            last = working_calendar().add(first, number, count_first_day=counts_first)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            told = {
                "from": start,
                "working_days": number,
                "count_first_day": counts_first,
                "last": last.isoformat(),
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{last.isoformat()}（周{WEEKDAYS[last.weekday()]}）")

    def read_day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise CommandError(f"“{text}”不是日期。请写成 2026-11-20 的样子。") from error

    def read_number(self, text: str) -> int:
        digits = text.removeprefix("+")
        if not digits.isascii() or not digits.isdigit() or int(digits) < 1:
            raise CommandError(f"“{text}”不是工作日数。请写成 +5 的样子，至少 +1。")
        return int(digits)
