"""The promise that an applicant signs: its name as the plan prints it, and its words (R-087, R-101). Pure."""

from dataclasses import dataclass

from zhiping.applications.draft import Draft

TEXT = (
    "本人承诺：所提交的{plan}申报信息和全部材料真实、准确、完整，提供的复印件与原件一致。"
    "如有弄虚作假、隐瞒或违反学术道德的行为，愿意承担取消申报资格、撤销已取得职称、记入职称评审诚信档案等后果。"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """Title and text as shown and signed."""

    title: str
    text: str


def promise_of(draft: Draft) -> Promise:
    """The plan's own name of the statement, if its materials name one."""
    named = next(
        (
            each["name"]
            for each in draft.pack.data.get("materials") or ()
            if each["id"] == "integrity_statement"
        ),
        "职称申报材料真实性保证书",
    )
    return Promise(named, TEXT.format(plan=f"“{draft.application.plan.name}”"))
