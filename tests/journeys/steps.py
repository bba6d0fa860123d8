"""What people do on the way from a draft to a certificate, told through a visitor (see visitor.py).

Nothing here knows the database: every step reads the page it is on, as a person would.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.documents.paper import page_texts
from tests.factories.archive import jpeg_bytes, pdf_bytes
from tests.factories.people import resident_number
from tests.journeys.visitor import HttpVisitor, Upload

CODE = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")
REPORT = "任现职以来，一直在一线从事专业工作，主持完成了主要项目，培养了新人，成果已在本单位使用。"
PUBLICITY = {"place": "一楼公告栏", "method": "张贴", "contact": "办公室 0571-00000000"}


@dataclass
class Stage:
    """Everybody in the story, each at their own screen."""

    visitor: Callable[..., HttpVisitor]  # takes the login, nothing for a guest
    seats: dict[str, HttpVisitor] = field(default_factory=dict)

    def seat(self, login: str) -> HttpVisitor:
        """The screen of a demo login, signed in by one click."""
        if login not in self.seats:
            visitor = self.seats[login] = self.visitor(login)
            visitor.open("/demo/")
            visitor.sign_in(f"/demo/login/demo-{login}/")
        return self.seats[login]

    def guest(self) -> HttpVisitor:
        return self.visitor()


def register(visitor: HttpVisitor, name: str) -> None:
    """A person opens an account and is signed in."""
    visitor.open("/accounts/signup/")
    told = {
        "name": name,
        "document_kind": "resident",
        "document_number": resident_number(77, born_on=date(1970, 3, 8), area="339900"),
        "phone": "19900007777",
        "username": "newcomer_77",
        "password": "a-long-enough-word",
        "password_again": "a-long-enough-word",
    }
    visitor.press("注册并登录", **told)
    assert "注册成功" in visitor.text


def write_archive(visitor: HttpVisitor, model: Mapping[str, Any]) -> None:
    """个人基本信息 and every record of the model, typed and sent to the employer with its proofs."""
    profile = {name: str(value) for name, value in model["profile"].items()}
    visitor.open("/applicant/profile/edit/")
    visitor.press("保存并送单位审核", employer=model["employer"], phone="19900007777", **profile)
    for item in model["items"]:
        [category] = item
        typed = {name: str(value) for name, value in item[category].items() if name != "approved"}
        visitor.open(f"/applicant/archive/{category}/new/")
        proofs = {
            name: Upload("证明.pdf", pdf_bytes(f"{category} {typed}")) for name in visitor.names("file-")
        }
        visitor.press("保存并送单位审核", **typed, **proofs)
        assert "送单位审核" in visitor.text


def approve_archive(employer: HttpVisitor, name: str) -> None:
    """The employer confirms the person, then every record after a trial."""
    employer.open("/employer/archive/")
    employer.follow(name)
    employer.press("信息属实，通过")
    employer.open("/employer/archive/")
    employer.follow(name)
    records = employer.values("item")
    employer.press("试算：全部通过", item=records)
    employer.press(f"确认通过{len(records)}项", **compared(employer))


def compared(visitor: HttpVisitor) -> dict[str, str]:
    """Every scan that the page asks about was compared with its original."""
    return dict.fromkeys(visitor.names("copy-"), "copy")


def start(visitor: HttpVisitor, plan: str, title: str = "") -> str:
    """马上申报: choose the title; gives the address of the draft."""
    visitor.open(f"/applicant/applications/start/{plan}/")
    chosen = {"title": visitor.choice("title", title)} if title else {}
    visitor.press("开始申报", **chosen)
    return visitor.path


def fill_in(visitor: HttpVisitor, draft: str, *, pathway: str, photo: Upload | None = None, **form) -> None:
    """Every page of the draft in order, up to the check page."""
    visitor.open(f"{draft}photo/")
    visitor.choose_photo(
        "检查并保存照片", photo or Upload("证件照.jpg", jpeg_bytes((480, 672), pad_to=40000), "image/jpeg")
    )
    visitor.open(f"{draft}integrity/")
    visitor.draw("提交签名")
    assert "已签名" in visitor.text
    fill_in_details(visitor, draft, pathway, form)
    pick_everything(visitor, draft)
    if "量化自评分" in visitor.text:
        claim_everything(visitor, draft)
    if "推荐与破格材料" in visitor.text:
        refer(visitor, draft)
    attach_everything(visitor, draft)


def fill_in_details(visitor: HttpVisitor, draft: str, pathway: str, form: dict[str, str]) -> None:
    visitor.open(f"{draft}form/")
    told = {"pathway": pathway, "committee": visitor.options("committee")[0], "self_report": REPORT, **form}
    if visitor.options("specialty"):
        told.setdefault("specialty", visitor.options("specialty")[0])
    visitor.press("保存，下一步", **told)


def pick_everything(visitor: HttpVisitor, draft: str) -> None:
    visitor.open(f"{draft}achievements/")
    picked = visitor.values("item")
    visitor.press("保存，下一步", **({"item": picked} if picked else {}))


def claim_everything(visitor: HttpVisitor, draft: str) -> None:
    """Tick every record under every row that would take it; the platform counts, caps and refuses."""
    visitor.open(f"{draft}score/")
    ticks = dict.fromkeys(visitor.names("claim-"), "1")
    answers = {name: visitor.options(name)[0] for name in visitor.names("answer-") if visitor.options(name)}
    visitor.press("保存并重新计算", **ticks, **answers)


def refer(visitor: HttpVisitor, draft: str) -> None:
    visitor.open(f"{draft}referral/")
    told = dict.fromkeys(visitor.names("referee-1-"), "推荐专家甲")
    visitor.press("保存，下一步", reason="取得标志性业绩成果，同行公认。", **told)


def attach_everything(visitor: HttpVisitor, draft: str) -> None:
    """A PDF into every slot that still wants one."""
    visitor.open(f"{draft}attachments/")
    for slot in visitor.slots("还没有交"):
        visitor.press("上传", form=slot, file=Upload("材料.pdf", pdf_bytes(slot)))


def submit(visitor: HttpVisitor, draft: str) -> str:
    """Check and submit; gives the number of the receipt."""
    visitor.open(f"{draft}check/")
    assert visitor.offers("提交申报"), visitor.text.partition("提交前检查")[2][:900]
    visitor.press("提交申报", confirmed="1")
    assert "办理进度" in visitor.text
    return re.search(r"申报号(\d+)", visitor.text)[1]


def hand_in_again(visitor: HttpVisitor, draft: str, **mended: str) -> None:
    """After a return: see the reason, mend just that, submit again."""
    visitor.open(draft)
    assert "被退回，有1处要改" in visitor.text
    visitor.follow("去修改")
    visitor.press("保存，下一步", **mended)
    visitor.open(f"{draft}check/")
    visitor.press("提交申报", confirmed="1")


def open_case(visitor: HttpVisitor, desk: str, name: str) -> None:
    """The case of a person from the queue of a desk."""
    visitor.open(f"/{desk}/applications/")
    visitor.follow("审核", row=name)


def pass_case(visitor: HttpVisitor, desk: str, name: str) -> None:
    open_case(visitor, desk, name)
    visitor.press("通过", opinion="材料齐全，符合条件，同意。", **compared(visitor))


def return_case(visitor: HttpVisitor, desk: str, name: str, *, label: str = "本人述职") -> None:
    """退回 for one field, with what is wrong and how to mend it."""
    open_case(visitor, desk, name)
    n = visitor.field_number(label)
    marked = {
        f"mark-{n}": "return",
        f"code-{n}": "I-04",
        f"wrong-{n}": "业绩没有写出处",
        f"fix-{n}": "请逐项写明出处",
    }
    visitor.press("退回修改", **marked)


def refuse_case(visitor: HttpVisitor, desk: str, name: str) -> None:
    open_case(visitor, desk, name)
    visitor.press("判为不通过", clause="申报条件第一条", reason="申报专业与从事专业不符")


def publicise_in_unit(visitor: HttpVisitor) -> None:
    """The employer posts everyone it has passed, hangs up the sheet, and waits five working days."""
    visitor.open("/employer/publicity/")
    visitor.follow("开始公示")
    visitor.press("今天开始公示", **PUBLICITY)
    visitor.wait_for("下载PDF（张贴用）")
    wait_out(visitor)


def wait_out(visitor: HttpVisitor) -> None:
    """Press the demo's clock until the publicity on this page is over; its last day is a whole day."""
    for _ in range(12):
        if "公示期满" in visitor.text:
            return
        visitor.press("下一个工作日")
    raise AssertionError(f"the publicity does not end: {visitor.text[:400]}")


def forward_case(visitor: HttpVisitor, name: str) -> None:
    visitor.open("/employer/applications/?state=publicised")
    visitor.follow("查看", row=name)
    visitor.press("报送", opinion="公示5个工作日，无异议，同意推荐。")


def post_list(office: HttpVisitor, plan: str) -> None:
    """评前公示 or 评后公示 of everybody who is at that point, to its end."""
    office.open("/committee/publicity/")
    office.follow(plan)
    office.press("张贴公示", **PUBLICITY)
    wait_out(office)


def today(visitor: HttpVisitor) -> str:
    """The platform's day as the demo's bar shows it, as one types it."""
    year, month, day = re.search(r"平台日期(\d+)年(\d+)月(\d+)日", visitor.text).groups()
    return f"{year}-{int(month):02d}-{int(day):02d}"


def hold_meeting(stage: Stage, office: HttpVisitor, plan: str, agree: int) -> Sequence[str]:
    """Agenda, roll call, secret vote by the codes on the printed slips, count, minutes; gives the codes."""
    office.open("/committee/meetings/new/")
    office.press("召集会议", plan=office.choice("plan", plan), held_on=today(office), place="第一会议室")
    meeting = office.path
    office.follow("列入申报")
    office.press("列入会议", application=office.values("application"))
    office.press("开始签到")
    office.press("保存签到", present=office.values("present"))
    office.press("锁定签到并开会")
    slips = office.press_for_file("打印表决码，开始表决")
    codes = list(dict.fromkeys(CODE.findall("".join(page_texts(slips)))))
    for turn, code in enumerate(codes):
        cast(stage.guest(), code, "agree" if turn < agree else "against")
    office.open(meeting)
    office.follow("第1轮")
    office.press("截止并计票")
    assert "评审通过" in office.text
    office.open(meeting)
    office.press("闭会")
    office.wait_for("下载会议记录")
    office.press("登记记录已签署")
    return codes


def cast(member: HttpVisitor, code: str, choice: str) -> None:
    """Whoever holds the paper votes; nobody signs in."""
    member.open("/ballot/")
    member.press("打开选票", code=code)
    member.press("投票", **dict.fromkeys(sorted(set(member.names("case-"))), choice))
    assert "选票已入箱" in member.text


def report_and_publish(office: HttpVisitor, plan: str, bodies: dict[str, HttpVisitor], number: str) -> None:
    """The office reports; each publishing body confirms the same document."""
    office.open("/committee/results/")
    office.follow(plan)
    office.press("上报", bodies=[office.choice("bodies", name) for name in bodies])
    assert "等发文单位确认" in office.text, office.text
    for visitor in bodies.values():
        visitor.open("/authority/results/")
        visitor.follow(plan)
        visitor.press("核准发文", document_number=number, issued_on=today(visitor))
    assert "已发文" in visitor.text


def fetch_certificate(applicant: HttpVisitor) -> tuple[str, bytes]:
    """The number and the file of the newest certificate, as its holder sees them."""
    applicant.open("/applicant/certificates/")
    applicant.wait_for("下载证书")
    number = re.search(r"\d{17}", applicant.text)[0]
    return number, applicant.download("下载证书")


def verify(stage: Stage, number: str, name: str, pdf: bytes) -> None:
    """By number and name, by the whole file, and not by a file to which something was added."""
    guest = stage.guest()
    guest.open("/verify/")
    guest.press("核验", number=number, name=name)
    assert "现在有效" in guest.text
    guest.open("/verify/")
    guest.press("核验文件", file=Upload("证书.pdf", pdf))
    assert "文件指纹与登记一致" in guest.text
    guest.open("/verify/")
    guest.press("核验文件", expect=404, file=Upload("证书.pdf", pdf + b"\n%x"))
    assert "追加了内容" in guest.text
