"""Every pack of the repository: checks, every clause cited, and proven by a passing and a failing case."""

from pathlib import Path

from zhiping.policy_engine import load_pack
from zhiping.policy_engine.check import check_packs, pack_folders

ROOT = Path(__file__).parents[2] / "policy_packs"


def test_every_pack_is_green():
    problems = [str(problem) for each in check_packs(pack_folders(ROOT)) for problem in each.problems]

    assert problems == []


def test_every_clause_is_cited():
    """R-395."""
    for folder in pack_folders(ROOT):
        for name, clause in load_pack(folder).clauses.items():
            assert clause.cite["words"], (folder.name, name)
            assert clause.text, (folder.name, name)
