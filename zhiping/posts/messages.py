"""What people are told about posts."""

from zhiping.messaging.kind import Kind

CHANGE_PROPOSED = Kind(
    "posts.change_proposed",
    "有岗位变动等您核准",
    "{institution}提出“{kind}”，请核对后核准或退回。",
    "/authority/posts/{ledger}/",
)
POOLED_ASKED = Kind(
    "posts.pooled_asked",
    "有统筹岗位等您签署",
    "{institution}申请使用统筹岗位，请业务处室负责人签署意见。",
    "/authority/posts/{ledger}/",
)
CHANGE_DECIDED = Kind(
    "posts.change_decided",
    "岗位变动{outcome}",
    "“{kind}”{outcome}。{opinion}",
    "/employer/posts/",
)
FORM_SUBMITTED = Kind(
    "posts.form_submitted",
    "有岗位信息表等您签章",
    "{institution}报送《{title}》（{code}），请核对后签章或退回。",
    "/authority/posts/forms/{form}/",
)
FORM_DECIDED = Kind(
    "posts.form_decided",
    "岗位信息表{outcome}",
    "《{title}》（{code}）{outcome}。{opinion}",
    "/employer/posts/forms/{form}/",
)
SEAT_RELEASED = Kind(
    "posts.seat_released",
    "一个推荐占用的空缺已释放",
    "{label}：{reason}。该等级现在可再推荐 {free} 人。",
    "/employer/posts/",
)
APPOINTED = Kind(
    "posts.appointed",
    "单位已办理聘任",
    "{institution}自 {day} 起聘任您到{group}岗位（{grade}）。",
    "/applicant/certificates/",
)
