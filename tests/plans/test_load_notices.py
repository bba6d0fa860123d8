"""`bin/zhiping load_notices` and `bin/zhiping policy`."""

import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories.plans import EXAMPLE
from zhiping.plans.models import Plan
from zhiping.plans.states import PlanState
from zhiping.policies.management.commands.policy import Command
from zhiping.policies.models import PackVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def packs(tmp_path):
    """A folder with the example pack, set in a city that is on the map."""
    shutil.copytree(settings.POLICY_PACKS / "_shared", tmp_path / "_shared")
    folder = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, folder)
    text = (
        (folder / "pack.yaml").read_text().replace("示例省", "浙江省").replace("city: 示例市", "city: 杭州市")
    )
    (folder / "pack.yaml").write_text(text)
    return tmp_path


def test_notices_become_closed_history_with_exact_dates(packs, capsys):
    call_command("load_notices", "--from", str(packs))

    plan = Plan.objects.get()
    assert (plan.slug, plan.state, plan.region.name) == (EXAMPLE.name, PlanState.ARCHIVED, "杭州市")
    assert plan.office.name == "示例市工艺美术专业中级职务评审委员会办公室"
    assert [str(w.closes_at.date()) for w in plan.windows.all()] == ["2020-10-10", "2020-10-20"]
    assert "已载入 1 个计划" in capsys.readouterr().out


def test_loading_again_changes_nothing(packs):
    call_command("load_notices", "--from", str(packs))
    call_command("load_notices", "--from", str(packs))

    assert (Plan.objects.count(), PackVersion.objects.count()) == (1, 1)


def test_a_broken_pack_is_named_with_its_line(packs):
    path = packs / EXAMPLE.name / "pack.yaml"
    path.write_text(path.read_text() + "\ncolour: red\n")

    with pytest.raises(CommandError, match=r"pack.yaml:\d+: 文件里不认识的键“colour”"):
        call_command("load_notices", "--from", str(packs))
    assert not Plan.objects.exists()


def test_a_jurisdiction_off_the_map_is_refused(packs):
    path = packs / EXAMPLE.name / "pack.yaml"
    path.write_text(path.read_text().replace("city: 杭州市", "city: 无名市"))

    with pytest.raises(CommandError, match="地区表里没有“无名市”"):
        call_command("load_notices", "--from", str(packs))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CommandError, match="没有政策包"):
        call_command("load_notices", "--from", str(tmp_path))


def test_the_policy_command_is_the_engine_s(capsys):
    with pytest.raises(SystemExit) as stop:
        Command().run_from_argv(["manage.py", "policy", "list", "--json"])

    assert stop.value.code == 0
    assert '"packs"' in capsys.readouterr().out
