"""What people are told about applications (R-350)."""

from zhiping.messaging.kind import Kind

MINE = "/applicant/applications/{key}/"

SUBMITTED = Kind(
    "application.submitted",
    "{title}申报已提交",
    "申报号 {number}，{moment} 收到。现在由{holder}办理{until}。",
    MINE,
)
REACHED = Kind(
    "application.reached",
    "{title}申报转到{holder}",
    "申报号 {number} 已由上一环节通过，现在由{holder}办理{until}。",
    MINE,
)
EXPELLED = Kind(
    "application.expelled",
    "{title}申报材料已退回，本次申报终止",
    "申报号 {number} 因诚信档案的认定而终止，不能再次提交。认定的内容、依据和申诉办法见“诚信档案”。",
    "/applicant/integrity/",
)
RETURNED = Kind(
    "application.returned",
    "{title}申报被退回，有 {count} 处要改",
    "{holder}退回：{reasons}请在 {until} 前改好重新提交。",
    MINE,
)
REFUSED = Kind(
    "application.refused",
    "{title}申报未通过审核",
    "{holder}的结论是不通过。依据：{clause}。原因：{reason}对结论有异议的，可以向{appeal}提出申诉。",
    MINE,
)
ACCEPTED = Kind(
    "application.accepted",
    "{title}申报已被评委会办公室受理",
    "申报号 {number} 的审核全部通过，等待评审。",
    MINE,
)
AWAITS_AMOUNT = Kind(
    "application.awaits_amount",
    "{title}申报已通过审核，缴费通知随后发出",
    "申报号 {number} 的审核全部通过。收费金额由评委会办公室按文件确定后，另行通知您缴费；现在不用做什么。",
    MINE,
)
REINSTATED = Kind(
    "application.reinstated",
    "{title}申报已恢复受理",
    "申报号 {number}：查明您在期限内缴了费，申报恢复受理，等待评审。",
    MINE,
)
LAPSED = Kind(
    "application.lapsed",
    "{title}申报逾期未改正，已结束",
    "改正期限 {until} 已过，本次申报按逾期未补正结束。",
    MINE,
)
PUBLICISED = Kind(
    "application.publicity_opened",
    "{title}申报开始单位公示",
    "公示从 {starts} 到 {ends}，共 {days} 个工作日。",
    MINE,
)
OVERDUE = Kind(
    "step.overdue",
    "有 1 件申报超过办理期限",
    "申报号 {number}（{label}）应在 {until} 前办结。超过期限的，只有评委会办公室写明原因后才能延长。",
    "{link}",
)
RESCHEDULED = Kind(
    "step.rescheduled",
    "“{plan}”的{window}改到 {until} 截止",
    "评委会办公室调整了计划的时间，原因：{reason}。您单位正在办理的申报，期限随之改到 {until}。",
    "",
)
CLOSING = Kind(
    "application.closing",
    "{title}申报还没有提交，{until} 截止",
    "“{plan}”的个人申报到 {until} 截止，逾期不再受理。您的草稿还没有提交，请尽早核对提交。",
    MINE,
)
REMINDED = Kind(
    "application.reminded",
    "单位提醒：您的申报还没有办完",
    "{employer}提醒您：“{plan}”的申报还停在草稿或者退回修改，请尽早改好提交，逾期不再受理。",
    "/applicant/",
)
WAITING = Kind(
    "step.waiting",
    "有申报等了 {days} 个工作日",
    "申报号 {number}（{label}）已等候 {days} 个工作日，请及时办理。",
    "{link}",
)
