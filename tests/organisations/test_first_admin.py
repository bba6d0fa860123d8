"""The first administrator of an empty installation (R-031: no default password)."""

import re

import pytest
from django.core.management import CommandError, call_command

from tests.factories.people import make_region, resident_number
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.actor import Role
from zhiping.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


def told(**changed: str) -> list[str]:
    values = {
        "body": "职评平台运营中心",
        "region": "330000",
        "username": "admin1",
        "name": "系统管理员甲",
        "document-number": resident_number(901),
        "phone": "13800009999",
        **changed,
    }
    return [f"--{name}={value}" for name, value in values.items()]


def test_the_first_administrator_sets_the_password_by_a_one_time_path(client, capsys):
    make_region("330000")

    call_command("first_admin", *told())

    membership = Membership.objects.get(role=Role.SYSTEM_ADMIN)
    assert (membership.user.username, membership.organisation.name) == ("admin1", "职评平台运营中心")
    assert not membership.user.has_usable_password()
    path = re.search(r"^/accounts/.*$", capsys.readouterr().out, re.M)[0]
    assert "系统管理员甲" in client.get(path, follow=True).content.decode()
    assert list(LogEntry.objects.order_by("sequence").values_list("verb", "actor_name"))[-3:] == [
        ("organisation.create", "安装"),
        ("account.open", "安装"),
        ("membership.grant", "安装"),
    ]


def test_a_second_one_is_refused():
    make_region("330000")
    call_command("first_admin", *told())

    with pytest.raises(CommandError, match="已有系统管理员"):
        call_command("first_admin", *told(username="admin2", body="另一个中心"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"region": "999999"}, "地区表里没有“999999”"),
        ({"document-number": "33010619850601"}, "证件号码|身份证"),
        ({"username": "A"}, "用户名"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left(changed, sentence):
    make_region("330000")

    with pytest.raises(CommandError, match=sentence):
        call_command("first_admin", *told(**changed))

    assert not Organisation.objects.filter(name="职评平台运营中心").exists()
    assert not Membership.objects.exists()
