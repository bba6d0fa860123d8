"""`policy …` on the command line: list, check, facts, judge, score. Exit codes: 0 fine, 1 problems, 2 wrong usage."""

import argparse
import sys
from pathlib import Path

from .pack import lint


def main(argv=None, *, root=Path("policy_packs"), out=None):
    """Run one `policy` command; packs are looked up under `root`."""
    out = out or sys.stdout
    parser = argparse.ArgumentParser(prog="policy", description="政策包")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="检查政策包")
    check.add_argument("packs", nargs="*")
    args = parser.parse_args(argv)
    folders = [Path(p) if Path(p).exists() else root / p for p in args.packs] or sorted(
        p.parent for p in root.glob("*/pack.yaml")
    )
    problems = [problem for folder in folders for problem in lint(folder)]
    for problem in problems:
        print(problem, file=out)
    print(f"{len(folders)} 个政策包，{len(problems)} 个问题", file=out)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
