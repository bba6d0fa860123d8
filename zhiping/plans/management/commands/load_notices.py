"""`bin/zhiping load_notices`: publish every pack of the release and enter the notices' plans as history."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.plans.operations import load_notice
from zhiping.policy_engine import PackError


class Command(BaseCommand):
    help = (
        "Publish the policy packs of this release and enter their plans as closed history; may be repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="root", type=Path, default=settings.POLICY_PACKS, help="folder of packs"
        )

    def handle(self, *args: Any, root: Path, **options: Any) -> None:
        folders = sorted(path.parent for path in root.glob("*/pack.yaml"))
        if not folders:
            raise CommandError(f"{root} 里没有政策包。")
        loaded = 0
        for folder in folders:
            try:
                loaded += load_notice(folder=folder, now=clock.now()) is not None
            except PackError as error:
                raise CommandError(str(error)) from error
            except Refused as refusal:
                raise CommandError(f"{folder.name}：{refusal.sentence}") from refusal
        self.stdout.write(f"已载入 {loaded} 个计划。")
