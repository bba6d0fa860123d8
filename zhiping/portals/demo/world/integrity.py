"""A record in the integrity archive with an appeal that waits, and a finding that waits for its second person."""

from datetime import date, datetime

from zhiping.integrity.models import IntegrityRecord
from zhiping.integrity.operations import Finding, confirm_record, file_appeal, propose_record
from zhiping.integrity.sanction import standing_sanctions
from zhiping.integrity.states import Part
from zhiping.organisations.models import Organisation
from zhiping.portals.demo.world.bodies import applicant, make_user, staff

RULE, KIND = standing_sanctions()[0], "提供虚假材料"
NAMED = "named"


def make_records(now: datetime) -> None:
    """One after the other, by the officials of one county; nothing if they are there."""
    if IntegrityRecord.objects.exists():
        return
    user = make_user(NAMED, "申报人癸", now, born_on=date(1978, 9, 12))
    about = Finding(
        Part.APPLICANT,
        KIND,
        "2025 年度申报的获奖证书经向发证单位核实，没有这项奖。",
        "嘉善人社监〔2026〕1号",
        person=user.person,
        case_words="2025年度工程师申报（纸质）",
    )
    record = propose_record(finding=about, sanction=RULE, actor=staff("jiashan-hr"), now=now)
    confirm_record(
        record=record, decision="经复核属实。", version=record.version, actor=staff("jiashan-review"), now=now
    )
    text = "证书由承办单位代发，附承办单位说明，请核实。"
    file_appeal(record=record, text=text, actor=applicant(NAMED), now=now)
    body = Organisation.objects.get(name="嘉善示范装备有限公司")
    posted = Finding(
        Part.EMPLOYER, KIND, "单位公示照片与公示期不符。", "嘉善人社监〔2026〕2号", organisation=body
    )
    propose_record(finding=posted, sanction=RULE, actor=staff("jiashan-hr"), now=now)
