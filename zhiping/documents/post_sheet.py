"""The post forms as Excel sheets, cell by cell like the printed ones."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from zhiping.documents.post_form import EstablishmentPostForm, IntermediatePostForm
from zhiping.documents.sheets import DOCUMENT_DATE

WIDE = 22


def write_post_form(form: IntermediatePostForm | EstablishmentPostForm) -> bytes:
    """One sheet in the order of the paper: heading, grid of levels, competition text, people, signatures."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"created": DOCUMENT_DATE})
    sheet = _Sheet(workbook, width=7 if isinstance(form, EstablishmentPostForm) else 5)
    if isinstance(form, EstablishmentPostForm):
        _establishment(sheet, form)
    else:
        _intermediate(sheet, form)
    workbook.close()
    return target.getvalue()


class _Sheet:
    """Writes row after row; texts stay texts."""

    def __init__(self, workbook: xlsxwriter.Workbook, *, width: int) -> None:
        self.page = workbook.add_worksheet("岗位信息表")
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_column(0, width - 1, WIDE)
        self.width, self.row = width, 0
        shared = {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
        self.cell = workbook.add_format(shared)
        self.head = workbook.add_format({**shared, "bold": True, "align": "center"})
        self.title = workbook.add_format({"bold": True, "font_size": 16, "align": "center"})

    def line(self, text: str, kind: Any = None, *, height: float = 20) -> None:
        """One text over the whole width."""
        self.page.merge_range(self.row, 0, self.row, self.width - 1, "", kind or self.cell)
        self.page.write_string(self.row, 0, text, kind or self.cell)
        self.page.set_row(self.row, height)
        self.row += 1

    def cells(self, values: Sequence[Any], kind: Any = None) -> None:
        """One cell for each value; numbers stay numbers, nothing stays empty."""
        for column in range(self.width):
            value = values[column] if column < len(values) else ""
            if isinstance(value, int):
                self.page.write_number(self.row, column, value, kind or self.cell)
            else:
                text = "" if value is None else str(value)
                self.page.write_string(self.row, column, text, kind or self.cell)
        self.row += 1


def _intermediate(sheet: _Sheet, form: IntermediatePostForm) -> None:
    sheet.line(form.title, sheet.title, height=30)
    sheet.line("单位专业技术岗位情况", sheet.head)
    sheet.line(f"单位名称：{form.employer}")
    sheet.cells(["岗位情况", "正高级", "副高级", "中级", "备注"], sheet.head)
    for row in form.levels:
        sheet.cells([row.name, row.senior_full, row.senior_associate, row.intermediate, row.note])
    sheet.line("单位专业技术岗位竞聘结果", sheet.head)
    sheet.line(
        f"今年全年新推出空缺中级专业技术岗位 {form.opened_posts} 个（含使用空缺岗位的转评人员）；同意参加中级评审 "
        f"{form.agreed_for_review} 人，申报中级初定 {form.agreed_for_initial} 人；承诺在取得资格后按规定及时聘任，"
        f"聘任后使用中级岗位 {form.posts_used} 个。",
        height=50,
    )
    sheet.cells(["姓名", "身份证号码", "现有专业技术职务任职资格", "拟聘专业技术岗位等级"], sheet.head)
    for each in form.people:
        sheet.cells([each.name, each.id_number, each.current_title, each.post_level])
    sheet.line(f"说明：{form.explanation}", height=40)
    sheet.line(f"单位负责岗位设置和竞聘的业务科（处）室负责人：{form.signer}　{form.day or ''}")
    for text in form.endorsements:
        sheet.line(text, height=30)


def _establishment(sheet: _Sheet, form: EstablishmentPostForm) -> None:
    sheet.line(form.title, sheet.title, height=30)
    sheet.line(f"单位名称：{form.employer}")
    sheet.line(
        f"编制数 {form.establishment}；专业技术岗位总数 {form.posts}；专技人才实际聘用数 {form.employed}"
    )
    sheet.cells(["等级", "正高级", "副高级", "中级", "初级及未定级", "总数"], sheet.head)
    for row in form.levels:
        values = (row.senior_full, row.senior_associate, row.intermediate, row.junior, row.total)
        sheet.cells([row.name, *values])
    sheet.line("单位专业技术岗位竞聘结果", sheet.head)
    sheet.line(
        f"今年本单位推出{form.opened_posts}专业技术岗位；已有任职资格、直接办理聘任 {form.appointed_directly} 人；"
        f"同意推荐参加评审 {form.recommended} 人，承诺在取得资格后按规定及时聘任。",
        height=40,
    )
    heads = ("姓名", "身份证号码", "现有专业技术职务任职资格", "聘任专业技术职级", "聘任时间")
    sheet.cells([*heads, "在聘岗位等级", "推荐申报职称"], sheet.head)
    for each in form.people:
        told = (each.name, each.id_number, each.current_title, each.appointed_title, each.appointed_on)
        sheet.cells([*told, each.post_level, each.title_applied])
    said = form.opinion
    sheet.line(f"{said.heading}：{said.text}　{said.person}　{said.seal}　{said.day or ''}", height=40)
