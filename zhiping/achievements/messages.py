"""What people are told about their archive."""

from zhiping.messaging.kind import Kind

DECIDED = Kind(
    key="archive.decided",
    title="单位审核{verdict}：{what}",
    body="{employer}的审核结果是“{verdict}”：{items}。{reason}{advice}",
    link="/applicant/archive/",
)
PROFILE_DECIDED = Kind(
    key="profile.decided",
    title="单位审核了您的个人基本信息：{verdict}",
    body="{employer}的审核结果是“{verdict}”。{reason}",
    link="/applicant/profile/",
)
MAINTENANCE_DUE = Kind(
    key="archive.maintenance_due",
    title="请更新个人基本信息和业绩档案",
    body="您的业绩档案已超过一年没有更新。请登录核对个人基本信息，补充最近一年的业绩。",
    link="/applicant/archive/",
)
SOURCE_ANSWERED = Kind(
    key="archive.source_answered",
    title="{source}已查到 {count} 条记录，请确认",
    body="之前没有查成的{source}现在查到了 {count} 条。请到自动提取页逐条确认，采用后不用上传材料。",
    link="/applicant/archive/auto/",
)
