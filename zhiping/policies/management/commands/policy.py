"""`bin/zhiping policy …`: the policy engine's command line on the packs of this installation."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from zhiping.policy_engine.cli import main


class Command(BaseCommand):
    """Arguments go to the engine as they stand; its exit code is the command's."""

    help = "政策包：list、check、facts、judge、score"
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand everything after `policy` to the engine."""
        sys.exit(main(argv[2:], root=settings.POLICY_PACKS))
