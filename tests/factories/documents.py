"""One full sample of every printed form; all people and bodies are invented."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw

from zhiping.documents.ballot_slips import BallotSlip, BallotSlips
from zhiping.documents.certificate import Certificate
from zhiping.documents.handover import HandedOverForm, Handover
from zhiping.documents.hour_card import HourCard, HourLine
from zhiping.documents.integrity_statement import IntegrityStatement
from zhiping.documents.invoice import Invoice, InvoiceLine
from zhiping.documents.manual import PrintedManual, blocks_of
from zhiping.documents.minutes import Attendee, CandidateResult, MeetingMinutes
from zhiping.documents.opinion import Opinion, PublicityRecord
from zhiping.documents.post_statement import PostStatement
from zhiping.documents.publicity_sheet import PublicityEntry, PublicitySheet
from zhiping.documents.qr import Qr
from zhiping.documents.receipt import SubmissionReceipt, SubmittedMaterial
from zhiping.documents.review_form import (
    Achievement,
    Approval,
    Assessment,
    CommitteeDecision,
    Cover,
    Employment,
    Examination,
    GroupOpinion,
    LearningYear,
    Person,
    Publication,
    ReviewForm,
    Training,
)

CREATED = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
WATERMARK = "浙江省专业技术任职资格申报与评审管理平台"
VERIFY_URL = "https://zhiping.example.cn/v/7Q4MZK2XWA9T"
NAME = "申报人𠮷㛃䶮"


def photo(colour: str = "#4a6a8a") -> bytes:
    """A stand-in for a portrait on white, 413 × 579 pixels."""
    image = Image.new("RGB", (413, 579), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((130, 90, 283, 290), fill="#d9b99b")
    draw.pieslice((50, 300, 363, 860), 180, 360, fill=colour)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=85)
    return target.getvalue()


def handwriting() -> bytes:
    """A stand-in for a signature drawn on a pad, transparent."""
    image = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    points = [
        (30, 180),
        (90, 60),
        (140, 190),
        (200, 80),
        (260, 170),
        (330, 70),
        (400, 200),
        (480, 60),
        (560, 150),
    ]
    draw.line(points, fill=(10, 10, 60, 255), width=9, joint="curve")
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def review_form(**changes) -> ReviewForm:
    fields = {
        "title": "专业技术职务任职资格评审表",
        "form_number": "ZJ2021-GMS-000123",
        "version": "3-9f2c41d07ab8",
        "qr": Qr(VERIFY_URL),
        "watermark": WATERMARK,
        "made_by": "浙江省人力资源和社会保障厅制",
        "copies": 3,
        "log_head": "104882:5be2f1c09d3e77aa",
        "cover": Cover(
            employer="丽水市青瓷工艺有限公司",
            name=NAME,
            current_title="工艺美术师",
            title_applied="高级工艺美术师",
            series="工艺美术",
            specialty="陶瓷艺术",
            application_mode="自评分申报",
            filled_on=date(2022, 3, 9),
        ),
        "person": Person(
            name=NAME,
            sex="女",
            born_on=date(1980, 5, 6),
            id_number="331181198005060028",
            ethnicity="畲族",
            politics="群众",
            native_place="浙江龙泉",
            photo=photo(),
            phone="139****0000",
            degree="学士",
            education="大学本科",
            school="中国美术学院",
            major="陶瓷艺术设计",
            graduated_on=date(2003, 6, 30),
            study_mode="全日制",
            work_started_on=date(2003, 7, 1),
            years_in_specialty=18,
            current_work="青瓷烧制技艺研究与创作",
            administrative_post="技术部主任",
            current_title="工艺美术师",
            title_obtained_on=date(2012, 11, 30),
            appointed_on=date(2013, 1, 1),
            approving_body="丽水市人力资源和社会保障局",
            foreign_language="英语六级",
            computer="二级",
            society_posts="浙江省工艺美术学会会员",
        ),
        "training": (
            Training("1999.09—2003.06", "中国美术学院", "陶瓷艺术设计（本科）", "毕业证书、学士学位证书"),
            Training("2018.07—2018.08", "省非遗研培基地", "青瓷烧制技艺高级研修", "结业证书"),
        ),
        "work_history": (
            Employment("2003.07—2010.12", "龙泉市青瓷研究所", "陶瓷设计，设计员", "证明人甲"),
            Employment("2011.01至今", "丽水市青瓷工艺有限公司", "陶瓷创作与技艺研究，技术部主任", "证明人乙"),
        ),
        "work_before": (
            Achievement(
                "2009.03—2010.10", "粉青釉配方整理", "参加，负责试样烧制", "已完成", "形成配方档案32份"
            ),
        ),
        "work_since": tuple(
            Achievement(
                f"{2013 + number}.03—{2014 + number}.10",
                f"“瓯江”系列青瓷作品第{number + 1}组",
                "主持，负责造型设计、釉料试验与烧成工艺",
                "已完成",
                "获省级工艺美术精品博览会银奖；被省级博物馆收藏1件（套）",
            )
            for number in range(6)
        ),
        "publications": (
            Publication("2016.05", "龙泉青瓷厚釉烧成温度的控制", "《陶瓷研究》第3期，刊号省略", "独立"),
            Publication("2019.11", "哥窑开片的可控性研究", "《浙江工艺美术》第11期", "第一作者"),
        ),
        "examinations": (Examination("2022.01", "专业面试", "陶瓷艺术", "合格"),),
        "assessments": tuple(Assessment(2017 + number, "合格" if number else "优秀") for number in range(5)),
        "learning": tuple(LearningYear(2018 + number, "62", "18", "18", "98") for number in range(4)),
        "statement": "本人从事龙泉青瓷烧制技艺研究与创作十八年，"
        "先后主持完成厚釉青瓷、哥窑开片等工艺课题，带徒七人。\n" * 8,
        "employer_opinion": Opinion(
            "用人单位意见",
            "经审核，该同志申报材料真实完整，同意推荐。",
            person="负责人甲",
            day=date(2022, 3, 21),
            publicity=PublicityRecord(date(2022, 3, 14), date(2022, 3, 21), "公示期满无异议"),
        ),
        "desk_opinions": (
            Opinion("受理点意见", "材料齐全，予以受理。", person="经办人甲", day=date(2022, 3, 23)),
            Opinion("县级经信部门意见", "同意推荐。", day=date(2022, 3, 25)),
            Opinion("县级人力社保部门意见", "同意推荐。", day=date(2022, 3, 28)),
            Opinion("市级经信、人力社保部门意见"),
        ),
        "group_opinion": GroupOpinion("业绩突出，符合申报条件。", "推荐", "评议组组长甲", date(2022, 5, 18)),
        "decision": CommitteeDecision(
            "浙江省工艺美术系列高级评审委员会",
            25,
            21,
            18,
            2,
            1,
            "同意票数达到出席委员三分之二以上，通过高级工艺美术师任职资格。",
            "主任委员甲",
            date(2022, 5, 19),
        ),
        "approval": Approval(
            "同意评审委员会评审结果。",
            "浙经信人事〔2022〕××号",
            "浙江省人力资源和社会保障厅",
            date(2022, 6, 30),
        ),
    }
    return ReviewForm(**(fields | changes))


def certificate(**changes) -> Certificate:
    fields = {
        "heading": "专业技术职务任职资格证书",
        "certificate_number": "ZJ33-2021-GMS-000123",
        "name": NAME,
        "sex": "女",
        "masked_id": "331181********0028",
        "photo": photo(),
        "series": "工艺美术",
        "specialty": "陶瓷艺术",
        "title": "高级工艺美术师",
        "level": "副高级",
        "obtained_on": date(2022, 5, 19),
        "committee": "浙江省工艺美术系列高级评审委员会",
        "issuer": "浙江省人力资源和社会保障厅",
        "issued_on": date(2022, 7, 4),
        "document_number": "浙经信人事〔2022〕××号",
        "qr": Qr(VERIFY_URL),
        "verification_address": "zhiping.example.cn/verify",
        "employer": "丽水市青瓷工艺有限公司",
        "note": "演示环境签发，不具有证书效力。",
    }
    return Certificate(**(fields | changes))


def publicity_entry(**changes) -> PublicityEntry:
    fields = {
        "name": NAME,
        "sex": "女",
        "birth_month": "1980年5月",
        "education": "大学本科",
        "current_title": "工艺美术师",
        "title_obtained_on": date(2012, 11, 30),
        "title_applied": "高级工艺美术师",
        "application_mode": "自评分申报",
        "achievements": (
            "主持“瓯江”系列青瓷创作，获省级博览会银奖",
            "发表论文2篇",
            "带徒7人，其中2人取得工艺美术师资格",
        ),
        "materials": ("学历证书", "职称证书", "聘任证书", "获奖证书"),
    }
    return PublicityEntry(**(fields | changes))


def publicity_sheet(**changes) -> PublicitySheet:
    fields = {
        "heading": "专业技术职务任职资格申报人员公示表",
        "employer": "丽水市青瓷工艺有限公司",
        "plan": "浙江省2021年度高级工艺美术师职务任职资格申报计划",
        "starts_on": date(2022, 3, 14),
        "ends_on": date(2022, 3, 21),
        "working_days": 5,
        "method": "单位公告栏及内部网站",
        "objection_contact": "丽水市青瓷工艺有限公司人事部，电话0578-0000000，地址：丽水市莲都区××路1号",
        "entries": (
            publicity_entry(),
            publicity_entry(name="申报人乙", sex="男", application_mode="正常申报"),
            publicity_entry(name="申报人丙", achievements=()),
        ),
        "result": "公示期满，未收到异议。",
        "person": "负责人甲",
        "day": date(2022, 3, 22),
    }
    return PublicitySheet(**(fields | changes))


def ballot_slips(count: int = 13) -> BallotSlips:
    codes = [f"K7QM-{number:04}-XW9T" for number in range(count)]
    return BallotSlips(
        committee="浙江省工艺美术系列高级评审委员会",
        meeting="2021年度高级工艺美术师评审会议",
        vote="第1轮表决",
        slips=tuple(BallotSlip(code, Qr(f"https://zhiping.example.cn/b/{code}")) for code in codes),
    )


def minutes(**changes) -> MeetingMinutes:
    names = "甲乙丙丁戊己庚辛壬癸子"
    fields = {
        "heading": "评审会议记录",
        "committee": "浙江省工艺美术系列高级评审委员会",
        "meeting": "2021年度高级工艺美术师评审会议",
        "starts_at": datetime(2022, 5, 19, 1, 0, tzinfo=UTC),
        "ends_at": datetime(2022, 5, 19, 9, 30, tzinfo=UTC),
        "place": "杭州市西湖区××路1号会议室",
        "chair": "主任委员甲",
        "recorder": "工作人员甲",
        "members": 11,
        "quorum": 8,
        "present": 10,
        "rule": "同意票数达到出席委员总数三分之二以上为通过",
        "attendees": tuple(
            Attendee(
                f"评委{name}",
                "主任委员" if number == 0 else "委员",
                "请假" if number == 10 else "出席",
                "与申报人乙同单位，回避其评审" if number == 3 else "",
            )
            for number, name in enumerate(names)
        ),
        "candidates": (
            CandidateResult(
                1,
                NAME,
                "丽水市青瓷工艺有限公司",
                "高级工艺美术师",
                "陶瓷组",
                "从业年限长，作品获省级奖项并被博物馆收藏，带徒成效明显，推荐。",
                10,
                8,
                1,
                1,
                "通过",
            ),
            CandidateResult(
                2,
                "申报人乙",
                "龙泉市剑艺厂",
                "高级工艺美术师",
                "金属组",
                "业绩材料较少，代表作品影响不足，不推荐。",
                9,
                5,
                4,
                0,
                "未通过",
                "评委丁",
            ),
        ),
        "proceedings": "一、主任委员宣布会议开始，宣读会议纪律和评审规则。\n"
        "二、各评议组汇报评议意见，委员讨论。\n"
        "三、委员抽取表决码，无记名投票，当场公布结果。",
        "supervision": "纪检监督人员全程在场，抽号、投票、计票过程未见异常。",
        "log_head": "104882:5be2f1c09d3e77aa",
        "day": date(2022, 5, 19),
    }
    return MeetingMinutes(**(fields | changes))


def post_statement() -> PostStatement:
    return PostStatement(
        title="非在编人员说明",
        employer="安吉县××中心",
        name="申报人𠮷",
        masked_id="330523********123X",
        year=2026,
        basis="劳动合同，2022年3月起",
        signer="主任甲",
        number="2026-7",
        day=date(2026, 3, 2),
    )


def integrity_statement(**changes) -> IntegrityStatement:
    fields = {
        "title": "专业技术职务任职资格评审材料真实性保证书",
        "text": "本人承诺：所提交的个人信息、业绩档案及全部佐证材料真实、准确、完整，不存在弄虚作假、剽窃他人成果等情形。\n"
        "如有不实，本人愿意承担由此产生的一切后果，接受取消申报资格、撤销已取得的职称并记入诚信档案等处理。",
        "text_version": "2021-1",
        "signer": NAME,
        "masked_id": "331181********0028",
        "employer": "丽水市青瓷工艺有限公司",
        "plan": "浙江省2021年度高级工艺美术师职务任职资格申报计划",
        "signature": handwriting(),
        "signed_at": datetime(2022, 3, 9, 2, 15, tzinfo=UTC),
        "device": "手机扫码手写签名",
    }
    return IntegrityStatement(**(fields | changes))


def receipt(**changes) -> SubmissionReceipt:
    fields = {
        "heading": "申报回执",
        "receipt_number": "HZ-20220309-000123",
        "name": NAME,
        "masked_id": "331181********0028",
        "employer": "丽水市青瓷工艺有限公司",
        "plan": "浙江省2021年度高级工艺美术师职务任职资格申报计划",
        "committee": "浙江省工艺美术系列高级评审委员会",
        "title_applied": "高级工艺美术师",
        "specialty": "陶瓷艺术",
        "application_mode": "自评分申报",
        "submitted_at": datetime(2022, 3, 9, 2, 20, tzinfo=UTC),
        "version": "第1版",
        "snapshot_hash": "9f2c41d07ab8" * 5 + "9f2c",
        "qr": Qr(VERIFY_URL),
        "materials": (
            SubmittedMaterial("学历证书", "学历证书备案表.pdf", "182 KB", "ab" * 32),
            SubmittedMaterial("获奖证书", "银奖证书𠮷.jpg", "640 KB", "cd" * 32),
        ),
        "next_step": "等待用人单位审核。用人单位开始审核前，您可以撤回修改。",
        "log_head": "104882:5be2f1c09d3e77aa",
    }
    return SubmissionReceipt(**(fields | changes))


def hour_card(**changes) -> HourCard:
    """Two records of a year, a rare character in the name."""
    fields = {
        "heading": "专业技术人员继续教育年度学时卡",
        "card_number": "2026-000042-3",
        "year": "2026 年",
        "name": "𠮷某",
        "masked_id": "331181********0028",
        "professional": Decimal(72),
        "public_industry": Decimal("6.5"),
        "public_general": Decimal(12),
        "undivided": Decimal(0),
        "whole": Decimal("90.5"),
        "version": "第 3 版",
        "made_at": CREATED,
        "qr": Qr(VERIFY_URL),
        "verification_address": "https://zhiping.example/hours/card/abc/",
        "lines": (
            HourLine(
                "青瓷釉料研修班",
                "专业科目",
                Decimal(72),
                "浙江省专业技术人员继续教育学时登记管理系统",
                "平台记录",
            ),
            HourLine("职业道德", "一般公需科目", Decimal(12), "湖州市人力资源教育培训网", "机构登记"),
        ),
    }
    return HourCard(**(fields | changes))


def rsa_certificate(at: datetime) -> tuple[rsa.RSAPrivateKey, bytes]:
    """A self-signed RSA signing certificate as PEM, and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "RSA 签发")])
    usage = dict.fromkeys(
        [
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
            "crl_sign",
        ],
        False,
    )
    usage |= {"digital_signature": True, "content_commitment": True, "key_cert_sign": True}
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM)


def handover(**changes) -> Handover:
    fields = {
        "heading": "纸质评审表移交清单",
        "number": "〔2026〕3 号",
        "sender": "示范县人力资源和社会保障局",
        "receiver": "示范市工程师协会评委会办公室",
        "made_by": "经办人甲",
        "made_at": CREATED,
        "lines": tuple(
            HandedOverForm(
                application=f"SB2026{number:06d}",
                name=name,
                employer="示范机械制造有限公司",
                plan="示范市工程技术人员中级职务评审计划",
                version=1,
                copies=3,
                seals="用人单位、受理点、人力社保部门",
            )
            for number, name in enumerate(("申报人甲", "申报人乙"), start=1)
        ),
    }
    return Handover(**(fields | changes))


def invoice(**changes) -> Invoice:
    """A paid fee of two lines, a rare character in the name."""
    fields = {
        "number": "ZP-000042-00000007",
        "payer": "𠮷某",
        "collector": "示例评审委员会办公室",
        "heading": "2025年度工艺美术师职务任职资格申报计划",
        "lines": (
            InvoiceLine("中级评审费", "浙财综字[2007]100号", "180.00"),
            InvoiceLine("推荐费", "浙财综字[2007]100号", "80.00"),
        ),
        "total": "260.00",
        "total_in_words": "贰佰陆拾元整",
        "paid_at": CREATED,
        "transaction": "T20260302090000000001",
        "bill_number": "B-2026-000042",
        "qr": Qr(VERIFY_URL),
    }
    return Invoice(**{**fields, **changes})


def manual() -> PrintedManual:
    """Every kind of block that a manual has."""
    parts = (
        "# 手册",
        "## 登录",
        "先**登录**，再看计划。",
        "1. 打开首页\n2. 点登录",
        "> 不会有人要您的密码",
        "| 身份 | 手册 |\n|---|---|\n| 𠮷某 | 申报人 |",
    )
    text = "\n\n".join(parts) + "\n"
    return PrintedManual("个人用户操作手册", tuple(blocks_of(text)))
