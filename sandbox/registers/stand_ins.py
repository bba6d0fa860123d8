"""The registers, each with its words and an example of a row."""

from typing import Any

from sandbox.registers.register import Register


class Education(Register):
    name = "education"
    title = "学历查询（学信网）"
    about = "按姓名和证件号码查 2001 年以后的国内学历、学位。更早的没有电子注册，查不到。"
    example = {
        "id": "103351201005000001",
        "proof": "A0B1C2D3E4F5G6H7",
        "level": "本科",
        "degree": "学士",
        "school": "示范大学",
        "major": "机械工程",
        "mode": "普通全日制",
        "graduated_on": "2010-06-30",
    }


class Insurance(Register):
    name = "insurance"
    title = "社会保险参保缴费查询"
    about = "按月、按单位查基本养老保险缴费，含省外转入的。没有转入的省外缴费查不到。"
    example = {
        "id": "91330100000000000X",
        "proof": "330100-2026-000001",
        "employer": "示范装备有限公司",
        "employer_kind": "企业",
        "area": "浙江省杭州市",
        "in_province": True,
        "months": ["2025-01", "2025-02"],
    }

    def row(self, kept: dict[str, Any]) -> dict[str, Any]:
        """Months from `since` to `until`, or to the last month that is over."""
        if "since" not in kept:
            return kept
        today = self.around.clock.now()
        first, last = _number(kept["since"]), today.year * 12 + today.month - 2
        last = _number(kept["until"]) if "until" in kept else last
        months = [f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
        return {name: value for name, value in kept.items() if name not in ("since", "until")} | {
            "months": months
        }


class Skills(Register):
    name = "skills"
    title = "技能人才评价证书查询"
    about = "按证件号码查职业资格证书和职业技能等级证书。"
    example = {
        "id": "S000033010126000001",
        "certificate_number": "S000033010126000001",
        "occupation": "电工",
        "skill_level": "技师",
        "obtained_on": "2020-06-20",
    }


class Patents(Register):
    name = "patents"
    title = "专利登记簿查询"
    about = "按发明人查专利，含已受理、还没有授权的。"
    example = {
        "id": "2020100000000",
        "number": "ZL 2020 1 0000000.0",
        "name": "一种示范装置",
        "kind": "发明专利",
        "status": "已授权",
        "rank": "1",
        "granted_on": "2022-08-02",
    }


class Papers(Register):
    name = "papers"
    title = "论文查询"
    about = "按作者查论文的题名、刊物、期次和作者位次。"
    example = {
        "id": "10.00000/demo.2023.01",
        "title": "示范论文",
        "venue": "示范学刊 CN33-0000",
        "kind": "期刊",
        "author_role": "第一撰写人（独立作者）",
        "published_on": "2023-03-15",
    }


class Honours(Register):
    name = "honours"
    title = "表彰奖励查询"
    about = "按证件号码查党委政府和部门授予个人的荣誉称号。"
    example = {
        "id": "ZJ-2021-0001",
        "name": "省先进工作者",
        "level": "省（部）级",
        "issuer": "浙江省人民政府",
        "issuer_kind": "党委政府",
        "recipient": "个人",
        "granted_on": "2021-04-28",
    }


REGISTERS = [Education, Insurance, Skills, Patents, Papers, Honours]


def _number(month: str) -> int:
    """Months since the year 0.

    >>> _number("0001-02")
    13
    """
    year, of_year = month.split("-")
    return int(year) * 12 + int(of_year) - 1
