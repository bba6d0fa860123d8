"""The example pack and small variations of it, for the tests of the engine."""

from pathlib import Path

from zhiping.policy_engine import load_pack, load_pack_text

GOOD = Path(__file__).parent / "good"
BAD = Path(__file__).parent / "bad"
EXAMPLE = GOOD / "example-2020-crafts-intermediate"

SMALL = """
format: 1
id: small
name: 小包
notice: {{supplied: all}}
documents: {{main: {{title: 通知, number: 小发〔2021〕1号, supplied: true}}, lost: {{title: 未附文件, supplied: false}}}}
plan:
  year: 2021
  series: 工艺美术
  level: city
  jurisdiction: {{province: 浙江省}}
  cutoff: {{day: 2021-12-31, cite: 一}}
titles: [{{id: t, name: 工艺美术师, level: intermediate, cite: 一}}]
scales: {{grade: {{low: 低, middle: 中, high: 高}}}}
parameters: {parameters}
facts:
  a: {{type: boolean, question: 甲}}
  b: {{type: boolean, question: 乙}}
  c: {{type: boolean, question: 丙}}
  d: {{type: boolean, question: 丁}}
  kind: {{type: choice, values: [x, y, z], question: 类别}}
  grade: {{type: choice, scale: grade, question: 等级}}
  n: {{type: integer, unit: 个, question: 数目}}
  since: {{type: date, question: 起算日}}
  marks: {{type: choices, values: [p, q, r], question: 标记}}
  ended: {{type: date, optional: true, question: 终止日}}
  work:
    type: list
    question: 工作经历
    fields:
      from: {{type: date, question: 起}}
      to: {{type: date, optional: true, question: 止}}
      related: {{type: boolean, question: 相近}}
  prizes:
    type: list
    question: 获奖
    fields:
      grade: {{type: choice, scale: grade, question: 等级}}
      class: {{type: integer, optional: true, question: 等次}}
  hours:
    type: list
    question: 学时
    fields: {{year: {{type: integer, question: 年}}, total: {{type: number, question: 学时}}}}
definitions: {definitions}
gates: {gates}
pathways:
  - id: normal
    name: 正常申报
    text: 正常申报
    cite: 一
    requires:
      - {{id: it, text: 条件, cite: 二, {condition}}}
windows: [{{id: applicant, name: 个人申报, who: applicant, opens: 2021-06-01, closes: 2021-12-12, cite: 三}}]
chains:
  - id: only
    name: 审核
    cite: 四
    steps: [{{id: unit, name: 单位审核, action: audit, holders: [{{role: employer, body: 用人单位}}], cite: 四}}]
publicity: [{{id: unit, by: employer, phase: unit, min_working_days: 5, cite: 五}}]
materials: [{{id: form, name: 表, how: upload, cite: 六}}]
"""


def small(condition, *, parameters="{}", definitions="{}", gates="[]"):
    """A pack whose only clause `it` holds the given flow-style condition, e.g. `fact: a, is: true`."""
    return load_pack_text(
        SMALL.format(condition=condition, parameters=parameters, definitions=definitions, gates=gates)
    )


def example():
    return load_pack(EXAMPLE)
