"""The 评审表 on paper: all blocks, watermark, code, copies (R-307…R-311, R-354, domain §10.1)."""

import pytest

from tests.documents.paper import codes, page_sizes, page_texts
from tests.factories import documents as samples
from zhiping.documents.printing import render
from zhiping.documents.review_form import ReviewForm

BLOCKS = [
    "基本情况",
    "学习培训经历",
    "工作经历",
    "任现职前主要专业技术工作业绩",
    "任现职后主要专业技术工作业绩",
    "著作、论文及重要技术报告",
    "考试、答辩情况",
    "年度考核情况",
    "继续教育学时",
    "本人述职",
    "用人单位意见",
    "评议组意见",
    "评审委员会决定",
    "人力社保部门审批意见",
]


def printed(**changes) -> bytes:
    form = samples.review_form(**changes)
    return render(form.template, form, created=samples.CREATED)


def test_every_block_is_printed_with_the_values_of_the_case():
    """R-354."""
    text = "".join(page_texts(printed()))

    for expected in [*BLOCKS, "331181198005060028", "青瓷烧制技艺高级研修", "公示期满无异议", "同意推荐"]:
        assert expected in text
    assert "251821" not in text  # the numbers stand in cells of their own, in the order of the heading
    assert "总人数出席人数同意人数不同意人数弃权人数25211821" in text


def test_an_empty_form_prints_every_block_as_blank_for_the_pen():
    form = samples.review_form()
    blank = ReviewForm(
        title=form.title, form_number="1", version="1-0", qr=form.qr, cover=form.cover, person=form.person
    )

    text = "".join(page_texts(render("review_form", blank, created=samples.CREATED)))

    assert [block for block in BLOCKS if block not in text] == []
    assert "年月日" in text


def test_the_watermark_is_on_each_page_literally():
    """R-307: the text of the notice, not the longer name of the platform."""
    pages = page_texts(printed())

    assert len(pages) == 6
    assert all(samples.WATERMARK in page for page in pages)
    assert not any("服务平台" in page for page in pages)


def test_no_watermark_is_printed_when_the_plan_has_none():
    assert not any("平台" in page for page in page_texts(printed(watermark="")))


def test_the_paper_is_a4_with_numbered_pages_and_form_number():
    """R-309."""
    pdf = printed()

    assert page_sizes(pdf) == [(210, 297)] * 6
    for number, page in enumerate(page_texts(pdf), start=1):
        assert f"第{number}页共6页" in page
        assert "ZJ2021-GMS-000123" in page


@pytest.mark.parametrize(
    ("copies", "double_sided", "hint"), [(3, False, "A4纸打印，一式3份"), (2, True, "A4纸双面打印，一式2份")]
)
def test_copies_and_sides_are_those_of_the_plan(copies, double_sided, hint):
    """R-308, R-309: 嘉兴 2022 asks for two copies printed on both sides."""
    assert hint in page_texts(printed(copies=copies, double_sided=double_sided))[0]


@pytest.mark.parametrize("title", ["中级职称评审表", "专业技术资格评审表"])
def test_the_title_is_the_name_in_the_notice(title):
    """R-311: one form under three names."""
    assert title in page_texts(printed(title=title))[0]


@pytest.mark.parametrize("dpi", [150, 300])
def test_the_code_on_the_printed_page_names_the_version(dpi):
    assert codes(printed(), dpi=dpi) == [samples.VERIFY_URL]


def test_a_long_statement_runs_on_without_losing_a_character():
    """R-093: up to 1000 characters, and an opinion longer than a page."""
    statement = "".join(chr(0x4E00 + number) for number in range(1000))

    text = "".join(page_texts(printed(statement=statement, watermark="")))

    assert [character for character in statement if character not in text] == []
