"""Ledgers of public institutions, from posts.yaml: reported by the institution and approved by its post authority."""

from datetime import datetime
from decimal import Decimal

from zhiping.organisations.models import Organisation
from zhiping.portals.demo.world.bodies import said, staff
from zhiping.posts.figures import LedgerFigures, LevelFigures
from zhiping.posts.models import PostLedger
from zhiping.posts.operations import approve_change, open_ledger, propose_figures


def make_ledgers(now: datetime) -> None:
    """Every ledger of posts.yaml; one that is there is left alone."""
    for each in said("posts.yaml"):
        institution = Organisation.objects.get(name=each["institution"])
        if PostLedger.objects.filter(institution=institution).exists():
            continue
        clerk, authority = staff(each["clerk"]), Organisation.objects.get(name=each["authority"])
        ledger = open_ledger(institution=institution, authority=authority, actor=clerk, now=now)
        levels = tuple(
            LevelFigures(group, Decimal(ratio), approved, filled)
            for group, (ratio, approved, filled) in each["levels"].items()
        )
        change = propose_figures(
            ledger=ledger,
            figures=LedgerFigures(each["establishment"], each["posts"], levels),
            reason=each["reason"],
            actor=clerk,
            now=now,
        )
        approve_change(
            change=change, opinion="与核定文件一致", version=None, actor=staff(each["officer"]), now=now
        )
