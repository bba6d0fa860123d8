"""`bin/zhiping demo_world`: load the notices and the demo's small world; `--logins` prints who can sign in."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from zhiping.kernel import clock
from zhiping.portals.demo.accounts import all_logins
from zhiping.portals.demo.world import bodies, committees, fees, hours, integrity, people, plans, posts


class Command(BaseCommand):
    help = "Make the demo's world once, or list its logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="print the logins and stop")

    def handle(self, *args: Any, logins: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示数据只能装进演示环境。")
        if logins:
            for each in all_logins():
                body = each.membership.organisation.name if each.membership else "本人"
                self.stdout.write(
                    f"  {each.user.username:<28}{each.role.label}　{body}　{each.user.person.name}"
                )
            return
        if not bodies.is_made():
            clock.set_demo_time(clock.DEMO_START)
        with transaction.atomic():
            make_world(clock.now())


def make_world(now: datetime) -> None:
    """Everything in order; each part finds what is there and leaves it alone."""
    bodies.make_bodies(now)
    plans.load_history(settings.POLICY_PACKS, now)
    plans.open_this_year(now)
    committees.make_committees(now)
    people.make_applicants(now)
    posts.make_ledgers(now)
    hours.make_hours(now)
    integrity.make_records(now)
    fees.make_bills(now)
