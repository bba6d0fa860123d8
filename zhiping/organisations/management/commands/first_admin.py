"""`bin/zhiping first_admin`: the operating body and its first administrator, once, on an empty installation."""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from zhiping.identity.operations import Particulars, open_account
from zhiping.identity.states import IdentityDocument
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.errors import Refused
from zhiping.organisations.models import Membership, Region
from zhiping.organisations.operations.administering import create_body
from zhiping.organisations.operations.staffing import grant_role
from zhiping.organisations.states import OrganisationKind

INSTALLER = Actor(role=Role.SYSTEM_ADMIN, name="安装")


class Command(BaseCommand):
    """Refuses as soon as there is an administrator: from then on accounts are opened in the browser."""

    help = (
        "Enter the operating body and its first administrator; print the one-time path to set the password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--body", required=True, help="name of the operating body")
        parser.add_argument("--region", required=True, help="its region, six digits (330000)")
        parser.add_argument("--username", required=True, help="how the administrator signs in")
        parser.add_argument("--name", required=True, help="the administrator's name")
        parser.add_argument("--document-number", required=True, help="resident identity number")
        parser.add_argument("--phone", required=True, help="mobile number")

    def handle(self, *args: Any, **told: Any) -> None:
        if Membership.objects.filter(role=Role.SYSTEM_ADMIN).exists():
            raise CommandError("已有系统管理员。新的管理员请由他登录后添加。")
        region = Region.objects.filter(pk=told["region"]).first()
        if region is None:
            raise CommandError(f"地区表里没有“{told['region']}”。请用六位地区代码，例如 330000。")
        try:
            path = self.enter(region, told)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"已建立。请 3 天内在浏览器打开下面的地址设置密码，只能用一次：\n{path}")

    @transaction.atomic
    def enter(self, region: Region, told: dict[str, Any]) -> str:
        """Body, account and role in one transaction; gives the one-time path."""
        now = clock.now()
        body = create_body(
            name=told["body"],
            kind=OrganisationKind.PLATFORM,
            region=region,
            parent=None,
            actor=INSTALLER,
            now=now,
        )
        particulars = Particulars(
            name=told["name"],
            document_kind=IdentityDocument.RESIDENT,
            document_number=told["document_number"],
            phone=told["phone"],
        )
        user = open_account(particulars=particulars, username=told["username"], actor=INSTALLER, now=now)
        grant_role(user=user, organisation=body, role=Role.SYSTEM_ADMIN, actor=INSTALLER, now=now)
        key = urlsafe_base64_encode(force_bytes(user.pk))
        return reverse("account_first_password", args=[key, default_token_generator.make_token(user)])
