"""Status tags: one table from the shown word to its colour family (ui.md §6). Colour never speaks alone."""

FAMILIES: dict[str, tuple[str, ...]] = {
    # not begun, or over without praise or blame
    "neutral": (
        *(
            "草稿",
            "未开始",
            "未到",
            "待核实",
            "已撤回",
            "已归档",
            "已结束",
            "已停用",
            "逾期未补正",
            "逾期未缴费",
        ),
        *("未提交", "已停开", "已由新版本代替"),
        *("申报已截止", "已被新版本取代", "已更正换发", "已撤下", "已闭会", "不成立", "作废"),
    ),
    # someone else works
    "info": (
        *(
            "待单位审核",
            "单位已报送",
            "受理点审核",
            "待审核",
            "评委会办公室审核",
            "已修改重报",
            "受理中",
            "审核中",
            "已提交",
        ),
        *(
            "申报中",
            "评委会办公室已受理",
            "已初审，待公示",
            "已收到",
            "已上报，待核准",
            "正在生成",
            "组建中",
            "筹备中",
        ),
        *("授权委托证明待审核", "待单位确认", "待主管部门审核", "已接收"),
    ),
    # the reader must act, or it is on hold
    "warn": (
        *(
            "单位退回",
            "退回修改",
            "退回",
            "一次性补正",
            "待缴费",
            "异议核查",
            "核查中",
            "即将截止",
            "待处理",
            "差一点",
        ),
        *("请核对", "已退回，等申报人修改", "退回重报", "公示期满，异议核查中", "已暂停"),
        *("已注册，待上传授权委托证明", "授权委托证明被退回", "待本人接受"),
    ),
    "pub": ("单位公示中", "评前公示", "评后公示", "公示中"),
    "rev": (
        *(
            "待评审",
            "评议组评议",
            "答辩",
            "会议表决",
            "两人复核",
            "待他人复核发布",
            "评审中",
            "签到中",
            "投票中",
        ),
    ),
    "ok": (
        *(
            "评审通过",
            "核准发文",
            "已发文",
            "已发证",
            "符合",
            "已齐",
            "已完成",
            "通过",
            "已通过",
            "有效",
            "已核验",
        ),
        *(
            "单位审核通过",
            "公示期满，无异议",
            "公示期满，异议已处理",
            "已授权",
            "已发布",
            "已核准备案",
            "已计票",
        ),
        *("记录已签署", "已入账", "已备案，可登记学时", "已符合"),
    ),
    # ended or failed
    "err": (
        *(
            "单位不通过",
            "单位审核不通过",
            "审核不通过",
            "评审未通过",
            "不通过",
            "未通过",
            "不符合",
            "超期",
            "无效",
        ),
        *("已撤销", "已撤销备案", "属实", "不予登记"),
    ),
}
_FAMILY_OF = {label: family for family, labels in FAMILIES.items() for label in labels}


def family_of(label: str) -> str:
    """The colour family of a shown state; a word that is not in the table is neutral grey."""
    return _FAMILY_OF.get(str(label), "neutral")


def is_known(label: str) -> bool:
    """Whether the table says which colour the word has."""
    return label in _FAMILY_OF
