"""How long a judgement takes: all pathways for one person, the two rules of the reference, one score, one load.

Run: `python -m benchmarks engine`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, best_ms, middle, show
from zhiping.policy_engine import judge, load_pack, load_pack_text, score
from zhiping.policy_engine.factbook import check_person
from zhiping.policy_engine.yamltext import parse

ROOT = Path(__file__).parent.parent / "policy_packs"
SAMPLE = 40  # people of each pack that are measured
ENTERPRISE = {"college": 7, "bachelor": 5, "second_bachelor": 3, "master": 2}
TWO_RULES = """
format: 1
id: two-rules
name: 两条规则
notice: {supplied: all}
documents: {main: {title: 两条规则, supplied: true}}
plan: {year: 2022, series: 工程技术, level: city, jurisdiction: {province: 浙江省}, cutoff: {day: 2022-12-31, cite: 一}}
titles: [{id: engineer, name: 工程师, level: intermediate, cite: 一}]
facts:
  education: {type: choice, values: [college, bachelor, second_bachelor, master], question: 学历}
  years: {type: integer, unit: 年, question: 工作年限}
  technician: {type: boolean, question: 是否技师}
  skill_years: {type: integer, unit: 年, question: 技能工作年限}
  ce: {type: list, question: 学时, fields: {year: {type: integer, question: 年}, hours: {type: number, question: 学时}}}
gates: []
pathways:
  - id: enterprise_exempt
    name: 企业业务骨干
    text: 学历与年限
    cite: 一
    requires: [{id: exempt, text: 学历与年限, cite: 一, any: [CLAUSES]}]
  - id: skilled
    name: 高技能人才
    text: 技师满三年，学时达到要求
    cite: 二
    requires:
      - {id: technician, text: 技师满三年, cite: 二, all: [{fact: technician, is: true}, {fact: skill_years, gte: 3}]}
      - id: hours
        text: 每年90学时，或四年累计360学时
        cite: 二
        any:
          - {every: ce, by: year, values: [2019, 2020, 2021, 2022], totals: [{fields: [hours], gte: 90}]}
          - {sum: ce, field: hours, gte: 360}
windows: [{id: applicant, name: 个人申报, who: applicant, closes: 2022-08-31, cite: 三}]
chains: [{id: c, name: 审核, cite: 四, steps: [{id: u, name: 单位, action: audit, holders: [{role: employer, body: 单位}], cite: 四}]}]
publicity: [{id: unit, by: employer, phase: unit, min_working_days: 5, cite: 五}]
"""
EXEMPT = ", ".join(
    f"{{all: [{{fact: education, is: {level}}}, {{fact: years, gte: {number}}}]}}"
    for level, number in ENTERPRISE.items()
)


def by_hand(person: dict[str, Any]) -> list[tuple[str, bool, list[tuple[str, bool, Any]]]]:
    """The two rules written out in Python, with a trace: what a program without an engine would say."""
    education, years = person["education"], person["years"]
    exempt = years >= ENTERPRISE[education]
    per_year = dict.fromkeys((2019, 2020, 2021, 2022), 0)
    for row in person["ce"]:
        per_year[row["year"]] = per_year.get(row["year"], 0) + row["hours"]
    technician = person["technician"] and person["skill_years"] >= 3
    hours = all(per_year[year] >= 90 for year in (2019, 2020, 2021, 2022)) or sum(per_year.values()) >= 360
    return [
        ("enterprise_exempt", exempt, [("exempt", exempt, (education, years))]),
        ("skilled", technician and hours, [
            ("technician", technician, (person["technician"], person["skill_years"])),
            ("hours", hours, per_year),
        ]),
    ]  # fmt: skip


def two_rules() -> Iterator[Figure]:
    """The two rules of reference/performance.md §7, one person, with trace; and against Python by hand."""
    pack = load_pack_text(TWO_RULES.replace("CLAUSES", EXEMPT))
    hours = [{"year": year, "hours": 90} for year in (2019, 2020, 2021, 2022)]
    facts = {"education": "bachelor", "years": 4, "technician": True, "skill_years": 3, "ce": hours}
    person = check_person(pack.facts, facts)
    judged = [each.verdict == "eligible" for each in judge(pack, "工程师", person).pathways]
    if judged != [each[1] for each in by_hand(facts)]:
        raise RuntimeError("the engine and the program by hand disagree about the person of the bench")
    engine = best_ms(lambda: judge(pack, "工程师", person), runs=500) * 1000
    python = best_ms(lambda: by_hand(facts), runs=2000) * 1000
    yield Figure("两条规则，带轨迹", engine, "µs", 20)
    yield Figure("同样两条规则，手写 Python", python, "µs")
    yield Figure("引擎 ÷ 手写", engine / python, "倍")


def people_of(folder: Path) -> tuple[Any, list[Any], list[Any]]:
    """Everybody in the cases of a pack, checked, with the title applied for; and those with claims."""
    pack, data = load_pack(folder), parse((folder / "cases.yaml").read_text(encoding="utf-8"))
    people, scored = [], []
    for kind, found in (("cases", people), ("scoring_cases", scored)):
        for case in data.get(kind) or ():
            facts = dict((data.get("people") or {}).get(case.get("person")) or {}) | dict(
                case.get("facts") or {}
            )
            if kind == "scoring_cases":
                facts["claims"] = case["claims"]
            found.append((case.get("title"), check_person(pack.facts, facts)))
    return pack, people, scored


def per_pack() -> Iterator[Figure]:
    """Every pack with cases: all pathways for one person, and one score; median over the pack's people."""
    judged: dict[str, list[float]] = {}
    sheets: dict[str, list[float]] = {}
    for folder in sorted(path.parent for path in ROOT.glob("*/cases.yaml")):
        pack, people, scored = people_of(folder)
        for title, person in people[:SAMPLE]:
            once = best_ms(lambda pack=pack, t=title, p=person: judge(pack, t, p), rounds=3, runs=10)
            judged.setdefault(pack.id, []).append(once)
        for _, person in scored[:SAMPLE]:
            once = best_ms(lambda pack=pack, p=person: score(pack, p), rounds=3, runs=10)
            sheets.setdefault(pack.id, []).append(once)
    for name, found in (("全部申报方式，一人，带轨迹", judged), ("评分一次", sheets)):
        slowest = max(found, key=lambda key: middle(found[key]))
        note = f"最慢的规则包 {slowest}；其中最慢的一人 {max(found[slowest]):.2f}"
        yield Figure(name, middle(found[slowest]), "ms", 0.3, note=note)


def check_time() -> Figure:
    """`policy check` of all packs in a process of its own."""
    began = time.perf_counter()
    command = [sys.executable, "manage.py", "policy", "check"]
    subprocess.run(command, cwd=ROOT.parent, capture_output=True, check=True)
    return Figure("policy check，全部规则包", time.perf_counter() - began, "s", 20)


def figures() -> Iterator[Figure]:
    yield from two_rules()
    yield from per_pack()
    yield check_time()


if __name__ == "__main__":
    show("规则引擎（一人，单核）", figures())
