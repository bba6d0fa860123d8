"""The permission table in docs/ is current, and nobody without a role in a thing may move it."""

import os
from pathlib import Path

import pytest

from tests.architecture.permissions import ROLES, mark, table, transitions
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db
# Reached only inside publish_pack, whose own access ties it to the version that is published.
CONSEQUENCES = {("pack.supersede", Role.COMMITTEE_OFFICE)}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_the_permission_table_is_current():
    wanted = table()
    if os.environ.get("ZHIPING_WRITE_DOCS"):
        DOCUMENT.write_text(wanted, encoding="utf-8")

    assert DOCUMENT.read_text(encoding="utf-8") == wanted


def test_every_transition_is_open_to_somebody():
    """A verb nobody may perform is dead."""
    assert [each.verb for _, each in transitions() if not any(mark(each, role) for role in ROLES)] == []


def test_only_the_system_and_its_administrator_act_without_any_tie_to_the_thing():
    found = {
        (each.verb, role)
        for _, each in transitions()
        for role in ROLES
        if mark(each, role) == "!" and role not in {Role.SYSTEM, Role.SYSTEM_ADMIN}
    }
    assert found == CONSEQUENCES


def test_an_applicant_never_moves_what_belongs_to_somebody_else():
    found = [each.verb for _, each in transitions() if mark(each, Role.APPLICANT) in {"●", "●○", "!"}]

    assert found == []


def test_a_supervisor_changes_nothing():
    assert [each.verb for _, each in transitions() if mark(each, Role.SUPERVISOR)] == []


def test_verbs_follow_the_grammar_noun_dot_verb():
    assert [each.verb for _, each in transitions() if each.verb.count(".") != 1] == []
