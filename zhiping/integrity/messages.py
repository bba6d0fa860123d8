"""What people are told about records. The finding itself is never in a message."""

from zhiping.messaging.kind import Kind

CONFIRMED = Kind(
    "integrity.confirmed",
    "有一条关于您的诚信档案记录",
    "{body}认定了一条关于您的诚信档案记录，期限 {starts} 至 {ends}。内容、依据和申诉办法请登录查看。",
    "{link}",
)
APPEALED = Kind(
    "integrity.appealed",
    "收到 1 件诚信档案申诉",
    "有当事人对诚信档案记录提出申诉。请由未经手该记录的人员处理并写明意见。",
    "/authority/integrity/{key}/",
)
ANSWERED = Kind(
    "integrity.answered",
    "您的诚信档案申诉已有结果",
    "{body}处理了您的申诉：{outcome}。处理意见请登录查看。",
    "{link}",
)
