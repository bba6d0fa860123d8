"""The guided tour as data: the story of one application, step by step, and what each role is for."""

from dataclasses import dataclass

from zhiping.kernel.actor import Role

PURPOSES: dict[Role, str] = {
    Role.ANONYMOUS: "看申报计划、预检、看公示、核验证书",
    Role.APPLICANT: "建业绩档案，申报，看进度，领证书",
    Role.EMPLOYER_CLERK: "审核本单位人员的业绩和申报，张贴公示，报送",
    Role.EMPLOYER_HEAD: "复核本单位的报送",
    Role.AGENCY_CLERK: "为自由职业者和存档人员办理单位审核",
    Role.ACCEPTANCE_POINT: "在受理点收件、初核",
    Role.INDUSTRY_AUTHORITY: "行业主管部门审核推荐",
    Role.COUNTY_HR: "县级人力社保部门审核推荐，批准单位注册",
    Role.CITY_HR: "市级人力社保部门审核推荐",
    Role.PROVINCIAL_HR: "省级人力社保部门审核、核准发文",
    Role.LOWER_COMMITTEE: "下级评委会先行推荐",
    Role.COMMITTEE_OFFICE: "开计划，审核，组织评审会，公示，发证",
    Role.COMMITTEE_MEMBER: "评议，回避，到会投票",
    Role.SUPERVISOR: "监督会议和异议处理",
    Role.TRAINING_BODY: "开课程和班次，登记学时，编自学课程",
    Role.SYSTEM_ADMIN: "维护工作日历、单位和账号",
    Role.SYSTEM: "到期自动办理",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the story: who acts (logins without "demo-"; none for a visitor), what to do, what to see."""

    title: str
    logins: tuple[str, ...]
    act: str
    see: str
    url_name: str = ""  # the page it begins on; without one, the first page of the role
    plan: str = ""  # the notice whose plan of this year the page shows


CRAFT = "zhejiang-2021-arts-and-crafts-senior"
STORY: tuple[Chapter, ...] = (
    Chapter(
        "先看能不能报",
        (),
        "打开高级工艺美术师计划，看各段截止时间和条件，填几项情况做预检。不用登录。",
        "每一种申报方式的结论，逐条说明用到的值、依据和差多少；没有提供的文件里的条件写明“无法判断”，不当作不符合。",
        "public:plans:detail",
        CRAFT,
    ),
    Chapter(
        "建业绩档案",
        ("craftsman",),
        "登录申报人甲，看档案里已审核的条目和一篇待审的论文；再添加一条业绩，上传佐证，交单位审核。",
        "文件上传后立刻检查类型、页数和大小；已审核的条目改动后生成新版本，旧版本不丢。",
        "applicant:archive:index",
    ),
    Chapter(
        "单位逐条审核业绩",
        ("craft-employer",),
        "换成单位经办人甲，打开待审的业绩，对着佐证逐条通过或退回。",
        "退回必须写明差在哪、怎么改；申报人在那一栏旁边看到同样的话。",
        "employer:archive:index",
    ),
    Chapter(
        "填写申报并提交",
        ("craftsman",),
        "回到申报人甲，点“马上申报”：裁剪证件照、手写签名、填述职、选业绩、看自评分、传附件，最后核对提交。",
        "每页边写边存；自评分由系统按已审核业绩计算，写明封顶和未计入的分；提交后有回执号。",
        "applicant:applications:start",
        CRAFT,
    ),
    Chapter(
        "单位审核并公示",
        ("craft-employer",),
        (
            "审核申报，再到“单位公示”张贴名单。公示不少于 5 个工作日，请用页面顶部的“到下一个期限”走到公示期满，"
            "回到“申报审核”打开这件申报，填公示情况后报送。"
        ),
        "公示表可下载 PDF 和 Excel；期满前不能报送，页面写明还差几天。",
        "employer:applications:queue",
    ),
    Chapter(
        "区级两个部门审核",
        ("xihu-industry", "xihu-hr"),
        "西湖区经信部门和人社部门各自登录，打开案件，对照材料给出结论；试着退回一处，再以申报人甲改好重报。",
        "两个部门都通过才往上走；只有退回的那一处可以改，重报后审核页显示改动前后的对比。",
        "authority:applications:queue",
    ),
    Chapter(
        "市级两个部门和中评委推荐",
        ("hangzhou-industry", "hangzhou-hr", "hangzhou-committee"),
        "杭州市经信部门和人社部门在期限内通过，再由中评委推荐。",
        "每一步的经手人、时间和期限都在申报人的进度里。",
        "authority:applications:queue",
    ),
    Chapter(
        "评委会办公室审核、评前公示",
        ("craft-office-a",),
        "受理、审核，张贴评前公示，再用“到下一个期限”走过公示期。",
        "名单只含公示需要的栏目，不含证件号码、电话和住址。",
        "committee:home",
    ),
    Chapter(
        "开评审会",
        ("craft-office-a",),
        "召集会议，点名，登记回避，记录评议组意见，打印一次性表决码，开始表决。",
        "到会不足三分之二不能表决；回避的专家不出现在该案的名单里。",
        "committee:meetings:index",
    ),
    Chapter(
        "评议和无记名投票",
        ("craft-expert-1",),
        "评审专家看案件材料。投票不用登录：用抽到的纸质表决码打开表决页，选同意、不同意或弃权。",
        "数据库里没有任何一处把表决码和人连起来；同意票达到到会人数三分之二才通过。",
        "expert:index",
    ),
    Chapter(
        "评后公示、核准发文、发证",
        ("craft-office-a", "province-hr"),
        "评委会办公室公布结果，走过评后公示期后上报；省人社部门核准并录入文号，系统生成证书。",
        "证书是带数字签名的 PDF，带有核验二维码。",
    ),
    Chapter(
        "缴评审费（另一个计划）",
        ("fee-payer", "fee-late", "lishui-office-a"),
        "丽水的通知要收费。登录申报人辛，打开缴费单，扫码或点“在本机打开缴费页”付款，再下载发票；申报人壬不付，"
        "用“到下一个期限”走过提醒和截止。评委会办公室看缴费单、退款和对账。",
        "付款几秒入账；不付的先提醒、后视作自动放弃。在“外部系统”里可以弄坏支付平台：页面照常，恢复后不丢也不重复。",
        "applicant:fees:index",
    ),
    Chapter(
        "核验证书",
        (),
        "退出登录，输证书编号和姓名，或扫码核验；把证书 PDF 改一个字再核验一次。",
        "原件显示有效；改动过的文件显示与登记的不一致。",
        "public:verify:index",
    ),
    Chapter(
        "继续教育学时",
        ("school", "engineer", "engineering-employer", "xihu-hr"),
        (
            "以培训教务甲下载模板，故意填错一行上传，再改好确认入账；打开今天的班次投出签到二维码。以申报人乙看学时台账、推算"
            "申报工程师还差多少、在线自学一门两学时的课，再出学时卡。以单位经办人乙审核一篇论文折算的学时。"
        ),
        "有一行错就一行不入账，退回的表标明错在哪；学完自动入账，进入业绩档案不用上传；扫学时卡的二维码能核验，台账变了会写明。",
        "training:batches:list",
    ),
    Chapter(
        "事业单位岗位",
        ("centre-employer", "jiashan-posts", "centre-engineer"),
        (
            "以单位经办人丁看岗位台账（中级只剩一个空缺），与省系统核对，推出一次竞聘，登记申报人己，填岗位信息表；"
            "换嘉善岗位管理员甲签章。以申报人己申报工程师，单位审核通过就占用空缺，退回就释放。"
        ),
        "空缺用完后再推荐别人会被拒绝，写明核准、实聘、已推荐各几个；签章后的表是带数字签名的 PDF；发证后点“聘任”，实聘数加一。",
        "employer:posts:index",
    ),
)
