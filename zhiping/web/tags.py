"""Status tags: one table from the shown word to its colour family (ui.md §6). Colour never speaks alone."""

FAMILIES: dict[str, frozenset[str]] = {
    "neutral": frozenset(
        {"草稿", "已撤回", "逾期未补正", "逾期未缴费", "已归档", "待核实", "未开始", "已结束", "已停用"}
    ),
    "info": frozenset(
        {
            "待单位审核",
            "单位已报送",
            "受理点审核",
            "待审核",
            "评委会办公室审核",
            "已修改重报",
            "受理中",
            "审核中",
            "已提交",
        }
    ),
    "warn": frozenset(
        {
            "单位退回",
            "退回修改",
            "退回",
            "一次性补正",
            "待缴费",
            "异议核查",
            "即将截止",
            "待处理",
            "差一点",
            "请核对",
        }
    ),
    "pub": frozenset({"单位公示中", "评前公示", "评后公示", "公示中"}),
    "rev": frozenset({"待评审", "评议组评议", "答辩", "会议表决", "两人复核", "评审中"}),
    "ok": frozenset(
        {
            "评审通过",
            "核准发文",
            "已发证",
            "符合",
            "已齐",
            "已完成",
            "通过",
            "已通过",
            "有效",
            "单位审核通过",
            "已核验",
        }
    ),
    "err": frozenset(
        {"单位不通过", "审核不通过", "评审未通过", "已撤销", "不符合", "不通过", "未通过", "超期", "无效"}
    ),
}
_FAMILY_OF = {label: family for family, labels in FAMILIES.items() for label in labels}


def family_of(label: str) -> str:
    """The colour family of a shown state; a word that is not in the table is neutral grey."""
    return _FAMILY_OF.get(str(label), "neutral")
