"""What people are told about bodies and roles."""

from zhiping.messaging.kind import Kind

LETTER_SUBMITTED = Kind(
    "organisation.letter_submitted",
    "{employer}提交了授权委托证明",
    "请核对单位名称、统一社会信用代码、公章和经办人后作出决定。通过之后，该单位的人员才能填报这家单位。",
    "{link}",
)
LETTER_APPROVED = Kind(
    "organisation.letter_approved",
    "{employer}的授权委托证明已通过",
    "您现在可以为{employer}办理职称申报审核。请通知本单位人员，在个人基本信息中选择这家单位。",
    "{link}",
)
LETTER_RETURNED = Kind(
    "organisation.letter_returned",
    "{employer}的授权委托证明被退回",
    "退回原因：{reason}。请按原因改正后重新上传。",
    "{link}",
)
INVITED = Kind(
    "clerk_request.invited",
    "{employer}邀请您担任{role}",
    "同意后，您可以切换到这个身份为{employer}办理业务。如果不认识这家单位，请选择不同意。",
    "{link}",
)
ASKED = Kind(
    "clerk_request.asked",
    "{person}申请担任{employer}的{role}",
    "请核实此人确为本单位人员后再同意。同意后，此人可以看到本单位人员的申报材料。",
    "{link}",
)
ANSWERED = Kind(
    "clerk_request.answered",
    "担任{employer}{role}的申请{answer}",
    "可在“切换身份”中查看您现在的身份。",
    "{link}",
)
MEMBERSHIP_ENDED = Kind(
    "membership.ended",
    "您不再担任{employer}的{role}",
    "原因：{reason}。如有疑问，请与单位或平台管理员联系。",
    "{link}",
)
ACCESS_ASKED = Kind(
    "account.renewal_asked",
    "有管理员申请重置您的账号",
    "{moment}，平台管理员{administrator}申请重置您的密码和两步验证，等另一位管理员确认。不是您要求的，请立即联系平台。",
    "{link}",
)
ACCESS_RENEWED = Kind(
    "account.access_renewed",
    "您的密码和两步验证已重置",
    "{moment}，两位平台管理员核实后重置了您的密码和两步验证，原来的登录全部退出。不是您要求的，请立即联系平台。",
    "{link}",
)
