"""How long a judgement takes: all pathways for one person, the two rules of the reference, one score, one load.

Run: `python -m benchmarks.policy_engine`. Figures are the median of the cases of each pack, in microseconds.
"""

import statistics
import time
from pathlib import Path

from zhiping.policy_engine import judge, load_pack, load_pack_text, score
from zhiping.policy_engine.factbook import check_person
from zhiping.policy_engine.yamltext import parse

ROOT = Path(__file__).parent.parent / "policy_packs"
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


def microseconds(action, *, runs=200):
    """The best of five series, per run."""
    best = float("inf")
    for _ in range(5):
        begin = time.perf_counter()
        for _ in range(runs):
            action()
        best = min(best, (time.perf_counter() - begin) / runs)
    return best * 1e6


def two_rules():
    """The two rules of reference/performance.md §7, one person, with trace."""
    pack = load_pack_text(TWO_RULES.replace("CLAUSES", EXEMPT))
    hours = [{"year": year, "hours": 90} for year in (2019, 2020, 2021, 2022)]
    person = check_person(
        pack.facts, {"education": "bachelor", "years": 4, "technician": True, "skill_years": 3, "ce": hours}
    )
    return microseconds(lambda: judge(pack, "工程师", person))


def people_of(folder):
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


def main():
    say = print
    say(f"two rules, one person, with trace: {two_rules():.0f} us")
    for folder in sorted(path.parent for path in ROOT.glob("*/cases.yaml")):
        begin = time.perf_counter()
        pack, people, scored = people_of(folder)
        loaded = time.perf_counter() - begin
        each = [microseconds(lambda pack=pack, t=t, p=p: judge(pack, t, p), runs=10) for t, p in people]
        line = f"{pack.id}: load {loaded * 1000:.0f} ms"
        if each:
            line += f", all pathways median {statistics.median(each):.0f} us, worst {max(each):.0f} us"
        if scored:
            sheets = [microseconds(lambda pack=pack, p=p: score(pack, p), runs=10) for _, p in scored]
            line += f", one score median {statistics.median(sheets):.0f} us, worst {max(sheets):.0f} us"
        say(line)


if __name__ == "__main__":
    main()
