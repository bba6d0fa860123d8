"""`policy …` on the command line: list, check, facts, judge, score. Exit codes: 0 fine, 1 problems, 2 wrong usage.

Pure: `main(argv, root=…, out=…)` prints and returns the code; `bin/zhiping policy` mounts it.
"""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from .check import check_packs, pack_folders
from .judge import judge
from .pack import load_pack
from .problems import PackError, Problem
from .sheet import score
from .verdicts import WORDS
from .yamltext import parse


def main(argv: Any = None, *, root: Any = Path("policy_packs"), out: Any = None) -> Any:
    """Run one `policy` command; packs are folder names under `root`, or paths."""
    out = out or sys.stdout
    try:
        args = _parser().parse_args(argv)
    except SystemExit as stop:
        return 2 if stop.code else 0
    args.root, args.out = Path(root), out
    try:
        return args.run(args)
    except PackError as error:
        if args.json:
            _print_json(args, {"ok": False, "problems": [each.as_dict() for each in error.problems]})
        else:
            for problem in error.problems:
                _print(args, str(problem))
        return 1


def _parser() -> Any:
    parser = argparse.ArgumentParser(prog="policy", description="政策包：列出、检查、事实、判断、评分")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    def command(name: Any, run: Any, words: Any) -> Any:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--json", action="store_true", help="输出 JSON")
        made.set_defaults(run=run)
        return made

    command("list", _list, "列出全部政策包")
    command("check", _check, "检查政策包和用例").add_argument("packs", nargs="*", metavar="PACK")
    command("facts", _facts, "列出一个政策包要问的事实").add_argument("pack", metavar="PACK")
    judging = command("judge", _judge, "按政策包判断一人或多人")
    judging.add_argument("pack", metavar="PACK")
    judging.add_argument("--title", required=True, help="申报的职称（名称或 id）")
    judging.add_argument("--facts", required=True, type=Path, help="事实文件（YAML，一人或多人）")
    judging.add_argument("--pathway", help="只判断这一种申报方式")
    scoring = command("score", _score, "按量化评分标准计分")
    scoring.add_argument("pack", metavar="PACK")
    scoring.add_argument("--claims", required=True, type=Path, help="业绩文件（YAML，一人或多人）")
    for made in (judging, scoring):
        made.add_argument(
            "--at",
            type=_moment,
            help="判断的时间，如 2021-12-01 或 2021-12-01T23:59:59+08:00；不写则不判断期限",
        )
        made.add_argument("--set", action="append", default=[], metavar="参数=值", help="填入一个参数的值")
    return parser


def _list(args: argparse.Namespace) -> int:
    found, broken = [], []
    for folder in pack_folders(args.root):
        try:
            pack = load_pack(folder)
        except PackError as error:
            broken += error.problems
            continue
        if not pack.is_abstract:
            found.append(
                {
                    "id": pack.id,
                    "name": pack.name,
                    "year": pack.data["plan"]["year"],
                    "series": pack.data["plan"]["series"],
                    "titles": [each["name"] for each in pack.titles],
                    "pathways": [each.id for each in pack.pathways],
                    "cutoff": pack.cutoff.isoformat(),
                    "scoring": pack.scoring is not None,
                    "checksum": pack.checksum,
                }
            )
    if args.json:
        _print_json(args, {"ok": not broken, "packs": found, "problems": [each.as_dict() for each in broken]})
    else:
        for each in found:
            _print(args, f"{each['id']}  {each['name']}  {'、'.join(each['titles'])}")
        for problem in broken:
            _print(args, str(problem))
    return 1 if broken else 0


def _check(args: argparse.Namespace) -> int:
    folders = [_folder(args, name) for name in args.packs] or pack_folders(args.root)
    checks = check_packs(folders)
    count = sum(len(each.problems) for each in checks)
    if args.json:
        _print_json(args, {"ok": not count, "packs": [each.as_dict() for each in checks]})
        return 1 if count else 0
    for each in checks:
        for problem in each.problems:
            _print(args, str(problem))
        mark = f"{len(each.problems)} 个问题" if each.problems else "通过"
        _print(args, f"{each.folder}：{each.clauses} 条，{each.cases} 个用例，{mark}")
    _print(args, f"共 {len(checks)} 个政策包，{count} 个问题")
    return 1 if count else 0


def _facts(args: argparse.Namespace) -> Any:
    pack = load_pack(_folder(args, args.pack))
    told = [pack.facts[name].as_dict() for name in pack.facts_read()]
    rows = (
        []
        if pack.scoring is None
        else [
            {
                "row": row.id,
                "text": row.raw["text"],
                "fields": [each.as_dict() for each in row.fact.fields.values()],
            }
            for row in pack.scoring.rows.values()
        ]
    )
    if args.json:
        _print_json(
            args,
            {
                "pack": pack.id,
                "titles": [each["name"] for each in pack.titles],
                "pathways": [each.id for each in pack.pathways],
                "facts": told,
                "claims": rows,
            },
        )
        return 0
    for fact in told:
        _print_fact(args, fact, "")
        for each in fact.get("fields", ()):
            _print_fact(args, each, "    ")
    for row in rows:
        _print(args, f"业绩 row: {row['row']}  {row['text']}")
        for each in row["fields"]:
            _print_fact(args, each, "    ")
    return 0


def _print_fact(args: argparse.Namespace, fact: Any, indent: str) -> None:
    values = "、".join(
        f"{each}（{fact['words'][each]}）" if "words" in fact else each for each in fact.get("values", ())
    )
    unit = f" 单位：{fact['unit']}" if "unit" in fact else ""
    _print(
        args,
        f"{indent}{fact['name']}: {fact['type']}{unit}  {fact.get('question') or fact.get('label') or ''}"
        + (f"  可填：{values}" if values else "")
        + ("  （可不填）" if fact.get("optional") else ""),
    )


def _judge(args: argparse.Namespace) -> int:
    pack = load_pack(_folder(args, args.pack))
    people, many = _people(args.facts)
    verdicts = [
        judge(pack, args.title, each, at=args.at, pathway=args.pathway, parameters=_set(pack, args))
        for each in people
    ]
    if args.json:
        told = [verdict.as_dict() for verdict in verdicts]
        _print_json(args, told if many else told[0])
        return 0
    for verdict in verdicts:
        _print(args, f"{verdict.name or '申报人'}　{verdict.title['name']}　{WORDS[verdict.verdict]}")
        _print(args, verdict.in_words())
        for each in verdict.pathways if args.pathway else ():
            for finding in each.findings:
                _print(args, f"  {'  ' * finding.depth}[{finding.status}] {finding.id} {finding.in_words()}")
    return 0


def _score(args: argparse.Namespace) -> int:
    pack = load_pack(_folder(args, args.pack))
    people, many = _people(args.claims, claims=True)
    sheets = [score(pack, each, at=args.at, parameters=_set(pack, args)).as_dict() for each in people]
    if args.json:
        _print_json(args, sheets if many else sheets[0])
        return 0
    for sheet in sheets:
        _print_sheet(args, sheet)
    return 0


def _print_sheet(args: argparse.Namespace, sheet: Any) -> None:
    _print(
        args,
        f"{sheet['name'] or '申报人'}　总分 {sheet['total']}（满分 {sheet['maximum']}）"
        + (f"，待认定项全部认可为 {sheet['possible']}" if sheet["possible"] != sheet["total"] else ""),
    )
    for first in sheet["first_level"]:
        for depth, each in [(0, first), *((1, second) for second in first.get("second_level", ()))]:
            _print(
                args,
                f"{'  ' * depth}{each['name']} {each['points']} 分（累计 {each['raw']}，上限扣去 {each['lost']}）",
            )
            for row in each.get("rows", ()):
                _print(
                    args,
                    f"{'  ' * depth}  {row['name']} {row['points']} 分（累计 {row['raw']}，上限扣去 {row['lost']}）",
                )
    for claim in sheet["claims"]:
        if claim["reason"]:
            _print(args, f"业绩 {claim['id']}（{claim['row']}）：{claim['reason']} {claim['cite']}")
    for each in sheet["open"]:
        _print(args, f"待定：{each['text']}（{each['cite']}）")
    for each in sheet["readings"]:
        _print(
            args,
            f"另一读法 {each['parameter']}={each['alternative']}（{each['reading'] or '参数'}）：总分 {each['total']}",
        )
    opens = {True: "可以", False: "不可以", None: "尚不能确定"}[sheet["opens"]]
    _print(args, f"自评分申报：{opens}")


def _folder(args: argparse.Namespace, name: Any) -> Any:
    path = Path(name)
    return path if path.exists() else args.root / name


def _people(path: Any, *, claims: Any = False) -> Any:
    """One person or a list from a YAML file; a bare list of claims is one person's."""
    try:
        data = parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise PackError([Problem(str(path), 0, f"读不到文件：{error}", "检查路径与 UTF-8 编码")]) from error
    if isinstance(data, list) and not (
        claims and data and all(isinstance(each, dict) and "row" in each for each in data)
    ):
        if all(isinstance(each, dict) for each in data) and data:
            return list(data), True
    elif isinstance(data, dict | list):
        return [data], False
    raise PackError(
        [Problem(path.name, 1, "文件应是一个人的“键: 值”，或多个人的列表", "见 policy facts PACK")]
    )


def _set(pack: Any, args: argparse.Namespace) -> Any:
    chosen = {}
    for item in args.set:
        name, _, text = item.partition("=")
        value = parse(text, "--set") if text else None
        declared = (pack.data.get("parameters") or {}).get(name)
        if declared is None:
            raise PackError([Problem("--set", 0, f"没有参数“{name}”", "可用：" + "、".join(pack.parameters))])
        chosen[name] = value
    return chosen


def _moment(text: Any) -> Any:
    try:
        return (
            dt.date.fromisoformat(text)
            if len(text) == 10
            else dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
        )
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是时间，写作 2021-12-01 或 2021-12-01T23:59:59+08:00"
        ) from error


def _print(args: argparse.Namespace, text: Any) -> None:
    args.out.write(text + "\n")


def _print_json(args: argparse.Namespace, data: Any) -> None:
    _print(args, json.dumps(data, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
