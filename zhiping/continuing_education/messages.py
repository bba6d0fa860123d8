"""What people are told about their hours."""

from zhiping.messaging.kind import Kind

DECIDED = Kind(
    key="hours.decided",
    title="您登记的学时有了审核结果：{verdict}",
    body="{body}审核了您登记的 {count} 项学时：{verdict}{reason}。退回的请按原因修改后重新送审。",
    link="/applicant/hours/",
)
REVOKED = Kind(
    key="hours.revoked",
    title="一项学时被撤销",
    body="{year} 年“{title}”的学时已从台账撤销，原因：{reason}。有异议请联系主管部门。",
    link="/applicant/hours/",
)
SHORTFALL = Kind(
    key="hours.shortfall",
    title="{year} 年申报{title}的继续教育学时",
    body="按现行规定推算，您 {year} 年申报{title}：{said}。",
    link="/applicant/hours/",
)
