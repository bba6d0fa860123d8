"""What people are told about results and certificates."""

from zhiping.messaging.kind import Kind

CERTIFIED = Kind(
    "certificate.issued",
    "您的电子证书已生成",
    "您的“{title}”电子证书已生成，编号 {number}。可以下载、打印；电子证书与纸质证书具有同等效力。",
    "/applicant/certificates/",
)
