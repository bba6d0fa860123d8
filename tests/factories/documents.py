"""One full sample of every printed form; all people and bodies are invented."""

import io
from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw

from zhiping.documents.opinion import Opinion, PublicityRecord
from zhiping.documents.qr import Qr
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
