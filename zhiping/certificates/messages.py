"""What people are told about results and certificates."""

from dataclasses import replace

from zhiping.messaging.kind import Kind

CERTIFIED = Kind(
    "certificate.issued",
    "您的电子证书已生成",
    "您的“{title}”电子证书已生成，编号 {number}。可以下载、打印；电子证书与纸质证书具有同等效力。",
    "/applicant/certificates/",
)
PAPER_RETURNED = Kind(
    "paper.returned",
    "纸质评审表已退回，请存入个人档案",
    "申报号 {number} 的纸质评审表由{office}退回。请交人事档案管理单位存入个人档案。",
    "/applicant/certificates/forms/{key}/",
)
HANDOVER_SENT = Kind(
    "paper.handover_sent",
    "{sender}移交了 {count} 件纸质表",
    "移交清单{number}，共 {count} 件，请收到后逐件核收。",
    "/authority/paper/handovers/{key}/",
)
HANDOVER_TO_OFFICE = replace(
    HANDOVER_SENT, key="paper.handover_to_office", link="/committee/paper/handovers/{key}/"
)
HANDOVER_SETTLED = Kind(
    "paper.handover_settled",
    "移交清单{number}：{outcome}",
    "{receiver}已核收，相符 {received} 件，有差异或没有收到 {differing} 件。",
    "/authority/paper/handovers/{key}/",
)
