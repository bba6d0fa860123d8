"""Every printed form: complete, A4, as its notice words it, codes readable."""

import dataclasses
import re
from datetime import date

import pytest

from tests.documents.paper import codes, page_sizes, page_texts
from tests.factories import attached_forms, documents
from zhiping.documents.handover import table_of as handover_table
from zhiping.documents.opinion import Opinion
from zhiping.documents.printing import TEMPLATES, render
from zhiping.documents.publicity_sheet import table_of
from zhiping.documents.sheets import read_sheet, write_sheet
from zhiping.kernel.errors import Refused

SAMPLES = {
    form.template: form
    for form in (
        documents.review_form(),
        documents.certificate(),
        documents.publicity_sheet(),
        documents.ballot_slips(),
        documents.minutes(),
        documents.integrity_statement(),
        documents.post_statement(),
        documents.receipt(),
        documents.hour_card(),
        documents.handover(),
        documents.invoice(),
        documents.manual(),
        attached_forms.authorisation_letter(),
        attached_forms.scoring_sheet(),
        attached_forms.post_form_intermediate(),
        attached_forms.post_form_establishment(),
        attached_forms.exceptional_recommendation(),
        attached_forms.referee_recommendation(),
    )
}
PARTS = {"base", "paper", "review_opinions"}
LANDSCAPE = {"certificate", "publicity_sheet", "handover"}


def printed(form) -> bytes:
    return render(form.template, form, created=documents.CREATED)


def text_of(form) -> str:
    return "".join(page_texts(printed(form)))


def test_every_template_has_a_sample_here():
    assert {path.stem for path in TEMPLATES.glob("*.typ")} - PARTS == set(SAMPLES)


@pytest.mark.parametrize("form", SAMPLES.values(), ids=SAMPLES)
def test_a_form_prints_on_a4_the_same_each_time(form):
    """R-309."""
    pdf = printed(form)

    size = (297, 210) if form.template in LANDSCAPE else (210, 297)
    assert set(page_sizes(pdf)) == {size}
    assert printed(form) == pdf


@pytest.mark.parametrize("form", SAMPLES.values(), ids=SAMPLES)
def test_every_text_of_the_sample_is_on_the_paper(form):
    """No field of a form is taken in and then not printed."""
    text = text_of(form)

    missing = [value for value in texts_in(form) if "".join(value.split()) not in text]

    assert missing == []


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize(
    "form",
    [documents.certificate(), documents.receipt(), documents.hour_card(), documents.invoice()],
    ids=["certificate", "receipt", "hour_card", "invoice"],
)
def test_the_code_is_read_from_the_printed_page(form, dpi):
    assert codes(printed(form), dpi=dpi) == [documents.VERIFY_URL]


@pytest.mark.parametrize("dpi", [150, 300])
def test_every_slip_has_its_own_code_and_can_be_scanned(dpi):
    slips = documents.ballot_slips(13)

    pdf = printed(slips)

    assert len(page_sizes(pdf)) == 2
    assert sorted(codes(pdf, dpi=dpi)) == sorted(slip.qr.text for slip in slips.slips)
    text = "".join(page_texts(pdf))
    assert [text.count(slip.code) for slip in slips.slips] == [1] * 13


def test_a_certificate_shows_the_masked_number_only():
    """R-317: photo, title, profession, document number, date, certificate number."""
    pdf = printed(documents.certificate())
    text = "".join(page_texts(pdf))

    for expected in (
        "331181********0028",
        "高级工艺美术师",
        "陶瓷艺术",
        "浙经信人事〔2022〕××号",
        "2022年5月19日",
    ):
        assert expected in text
    assert b"/Subtype /Image" in pdf or b"/Subtype/Image" in pdf


@pytest.mark.parametrize(
    "text",
    ["身份证331181198005060028", "33118119800506002X", "联系13900000000，可加微信", "电话：19900000000"],
)
def test_a_publicity_entry_with_a_personal_number_is_refused(text):
    """R-315: an ID number does not occur in the file, whatever was typed into an achievement."""
    with pytest.raises(Refused, match="不能公示"):
        documents.publicity_entry(achievements=("作品获银奖", text))


@pytest.mark.parametrize("text", ["专利号ZL202110000000.1", "投资5000000000元", "编号3311811980050600281234"])
def test_other_numbers_may_be_shown_in_public(text):
    assert text in list(documents.publicity_entry(achievements=(text,)).texts())


def test_the_publicity_sheet_has_no_field_for_numbers_of_people():
    names = {field.name for field in dataclasses.fields(documents.publicity_entry())}

    assert not names & {"id_number", "masked_id", "phone", "address"}


def test_the_publicity_sheet_is_also_a_table_of_excel():
    sheet = documents.publicity_sheet()

    table = read_sheet(write_sheet(*table_of(sheet)))

    assert [row[1] for row in table.rows] == [entry.name for entry in sheet.entries]
    assert table.rows[0][6] == "2012-11-30"
    assert table.rows[2][9] == ""


def test_a_blank_authorisation_letter_has_room_for_the_pen():
    """R-363: employer, legal person, handler, mobile number, seal."""
    blank = attached_forms.authorisation_letter(
        employer="", credit_code="", legal_person="", handler="", handler_id="", handler_mobile="", day=None
    )

    text = text_of(blank)

    for expected in ("手机号码", "单位名称（盖章）", "法定代表人（签字）", "统一社会信用代码", "年月日"):
        assert expected in text


def test_the_intermediate_post_form_grows_with_its_people():
    """R-355: 3 × 4 grid, at least five rows, extensible."""
    text = text_of(attached_forms.post_form_intermediate(people=30))

    assert "申报人30" in text
    assert "（盖章，两页以上加盖骑缝章）" in text
    assert "新推出2个空缺中级专业技术岗位" in text
    assert len(page_sizes(printed(attached_forms.post_form_intermediate(people=2)))) == 1
    assert len(page_sizes(printed(attached_forms.post_form_intermediate(people=60)))) > 1


def test_the_establishment_post_form_has_five_rows_and_seven_columns():
    """R-356."""
    text = text_of(attached_forms.post_form_establishment())

    for expected in (
        "核准比例5%25%40%30%100%",
        "空缺情况133-34",
        "推荐申报职称",
        "有1人已具有相应的专业技术职务任职资格",
    ):
        assert expected in text


def test_the_exceptional_form_names_the_level_and_has_three_seals():
    """R-357, R-360."""
    text = text_of(attached_forms.exceptional_recommendation())

    assert "破格推荐中级专业技术职务任职资格审批表" in text
    assert text.count("（盖章）") == 3


def test_the_scoring_sheet_prints_points_caps_and_total():
    """R-361."""
    text = text_of(attached_forms.scoring_sheet())

    assert "一级指标二级指标三级指标打分佐证材料" in text
    for expected in ("计12.5分", "计12分", "（30分）", "（90分）", "合计84.5", "1.获专利授权"):
        assert expected in text


def test_an_unfilled_scoring_sheet_and_unsigned_forms_leave_room_for_the_pen():
    sheet = attached_forms.scoring_sheet(total=None, filled_on=None)
    referee = attached_forms.referee_recommendation(signature=b"", reasons="", day=None)
    statement = documents.publicity_sheet(result="", day=None)

    for form in (sheet, referee, statement):
        assert "年月日" in text_of(form)


def test_a_statement_shows_the_handwriting_and_the_moment_in_beijing():
    """R-362."""
    signed = documents.integrity_statement()

    text = text_of(signed)

    assert "2022年3月9日10:15" in text
    assert printed(signed) != printed(documents.integrity_statement(signature=documents.photo()))


def test_minutes_state_the_counts_of_every_vote_and_room_for_each_signature():
    text = text_of(documents.minutes())

    assert "108 11通过".replace(" ", "") in text
    assert "评委丁9540未通过" in text
    assert text.count("评委癸") == 2  # roll call and signature; the absent member signs nothing
    assert text.count("评委子") == 1


def test_a_long_opinion_runs_over_the_page():
    words = "同意推荐，理由如下。" * 400
    form = attached_forms.exceptional_recommendation(
        opinions=(
            Opinion("所在单位意见", words, day=date(2021, 8, 2)),
            Opinion("主管部门意见"),
            Opinion("市人事部门意见"),
        )
    )

    text = text_of(form)

    assert text.count("如") == 400
    assert "负责人：（盖章）2021年8月2日" in text  # the signatures stay together


def texts_in(value):
    """Every text that a form holds, clause by clause; codes are pictures."""
    if isinstance(value, str):
        yield from filter(
            None, re.split(r"[\n，。；]", value)
        )  # the reader interleaves lines of neighbouring cells
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif dataclasses.is_dataclass(value) and type(value).__name__ != "Qr":
        for field in dataclasses.fields(value):
            if field.name not in {"sha256", "kind"}:
                yield from texts_in(getattr(value, field.name))


def test_a_handover_list_counts_its_forms_and_leaves_room_for_the_receiver():
    """R-308, R-310: number, copies and due seals of each form; the column of the receiver is empty."""
    form = documents.handover()
    headers, rows = handover_table(form)
    text = text_of(form)

    assert "〔2026〕3号" in text
    assert "共2件，6份" in text
    assert read_sheet(write_sheet(headers, rows)).rows[1] == (
        "2", "SB2026000002", "申报人乙", "示范机械制造有限公司", "示范市工程技术人员中级职务评审计划", "1", "3",
        "用人单位、受理点、人力社保部门", "",
    )  # fmt: skip
