"""Excel out and in: texts stay texts, and a file can do no harm."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import xlsxwriter

from zhiping.documents.sheets import LONGEST_CELL, UnreadableSheetError, read_sheet, write_sheet

HEADERS = ("姓名", "身份证号码", "取得日期", "得分")


def workbook_with(*cells, **options) -> bytes:
    """A sheet as some other program writes it: one header row, one row of the given cells."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    worksheet = workbook.add_worksheet()
    for column, cell in enumerate(cells):
        worksheet.write(0, column, f"列{column + 1}")
        worksheet.write(1, column, cell)
    workbook.close()
    return target.getvalue()


def test_what_is_written_is_read_back():
    rows = [
        ("申报人𠮷", "331181198005060028", date(2012, 11, 30), Decimal("70.5")),
        ("申报人乙", "000000198005060028", None, 69),
    ]

    sheet = read_sheet(write_sheet(HEADERS, rows))

    assert sheet.headers == HEADERS
    assert sheet.rows == (
        ("申报人𠮷", "331181198005060028", "2012-11-30", "70.5"),
        ("申报人乙", "000000198005060028", "", "69"),
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_a_text_that_looks_like_a_formula_stays_a_quoted_text(text):
    content = write_sheet(["内容"], [[text]])

    with zipfile.ZipFile(io.BytesIO(content)) as container:
        worksheet = container.read("xl/worksheets/sheet1.xml").decode()
        styles = container.read("xl/styles.xml").decode()
    assert "<f>" not in worksheet
    assert 'quotePrefix="1"' in styles
    assert read_sheet(content).rows == ((text.strip(),),)


def test_the_same_rows_give_the_same_file():
    assert write_sheet(HEADERS, [("甲", "1", None, 2)]) == write_sheet(HEADERS, [("甲", "1", None, 2)])


def test_a_row_of_another_width_or_too_long_a_text_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="row 1 has 1 cells"):
        write_sheet(HEADERS, [("甲",)])
    with pytest.raises(ValueError, match="longer than Excel allows"):
        write_sheet(["内容"], [["甲" * (LONGEST_CELL + 1)]])


def test_an_id_number_that_excel_made_a_number_is_refused_with_row_and_column():
    with pytest.raises(UnreadableSheetError, match="第 2 行“列1”以数字格式保存") as refusal:
        read_sheet(workbook_with(331181198005060028))

    assert "文本格式" in refusal.value.sentence


def test_cells_of_every_kind_come_as_text():
    moment, day = datetime(2026, 3, 2, 9, 30), datetime(2026, 3, 2)
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    worksheet = workbook.add_worksheet()
    formats = {
        "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "hours": workbook.add_format({"num_format": "[h]:mm:ss"}),
    }
    for column in range(7):
        worksheet.write(0, column, str(column))
    worksheet.write_boolean(1, 0, True)
    worksheet.write_number(1, 1, 12)
    worksheet.write_number(1, 2, 0.5)
    worksheet.write_datetime(1, 3, moment, formats["moment"])
    worksheet.write_datetime(1, 4, day, formats["day"])
    worksheet.write_datetime(1, 5, timedelta(hours=30), formats["hours"])
    worksheet.write_string(1, 6, "  前后空格 ")
    workbook.close()

    row = read_sheet(target.getvalue()).rows[0]

    assert row == ("是", "12", "0.5", "2026-03-02T09:30:00", "2026-03-02", "1 day, 6:00:00", "前后空格")


def test_blank_rows_are_left_out():
    content = write_sheet(["姓名"], [["甲"], [""], [None], ["乙"]])

    assert read_sheet(content).rows == (("甲",), ("乙",))


def test_files_that_are_no_tables_are_refused():
    genuine = write_sheet(["姓名"], [["甲"]])
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as container:
        container.writestr("hello.txt", "hello")

    for content in (b"", b"name,sex\n", genuine[:300], other.getvalue(), b"\xd0\xcf\x11\xe0" + bytes(2000)):
        with pytest.raises(UnreadableSheetError, match="xlsx"):
            read_sheet(content)


def test_an_encrypted_or_strangely_packed_container_is_refused():
    genuine = bytearray(write_sheet(["姓名"], [["甲"]]))
    first, directory = genuine.index(b"PK\x03\x04"), genuine.index(b"PK\x01\x02")
    encrypted, strange = bytearray(genuine), bytearray(genuine)
    encrypted[first + 6] |= 1
    encrypted[directory + 8] |= 1
    strange[first + 8] = strange[directory + 10] = 99

    for content in (encrypted, strange):
        with pytest.raises(UnreadableSheetError, match="不加密"):
            read_sheet(bytes(content))


def test_an_empty_table_is_refused():
    with pytest.raises(UnreadableSheetError, match="空的"):
        read_sheet(workbook_with())


def test_too_many_rows_or_columns_are_refused():
    with pytest.raises(UnreadableSheetError, match="超过 2 行"):
        read_sheet(write_sheet(["姓名"], [["甲"]] * 3), most_rows=2)
    with pytest.raises(UnreadableSheetError, match="超过 200 列"):
        read_sheet(workbook_with(*range(201)))


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", bytes(60_000_000))

    with pytest.raises(UnreadableSheetError, match="解压后过大"):
        read_sheet(bomb.getvalue())


def test_a_bomb_that_lies_about_its_size_is_refused():
    """The sizes in the directory say 100 bytes; the stream holds far more."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", bytes(5_000_000))
    lying = bomb.getvalue().replace((5_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    with pytest.raises(UnreadableSheetError):
        read_sheet(lying)


def test_too_large_a_file_is_refused_unread():
    with pytest.raises(UnreadableSheetError, match="10 MB"):
        read_sheet(b"PK" + bytes(10_000_001))


def test_times_of_day_come_as_text():
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    worksheet = workbook.add_worksheet()
    worksheet.write(0, 0, "时间")
    worksheet.write_datetime(1, 0, time(9, 30), workbook.add_format({"num_format": "hh:mm"}))
    workbook.close()

    assert read_sheet(target.getvalue()).rows[0][0].endswith("09:30:00")


def test_a_cell_far_outside_is_refused_before_memory_is_laid_out():
    """Six kilobytes that would have taken 500 GB."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    worksheet = workbook.add_worksheet()
    worksheet.write(0, 0, "姓名")
    worksheet.write(1_048_575, 16_383, "远处")
    workbook.close()

    with pytest.raises(UnreadableSheetError, match="超过 10000 行"):
        read_sheet(target.getvalue())


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1"><c r="XFD1" t="n"><v>1</v></c></row>', "超过 200 列"),
        ("<row>" + "<c/>" * 201 + "</row>", "超过 200 列"),
        ("<row/>" * 10_002, "超过 10000 行"),
        ('<row r="99999999"/>', "超过 10000 行"),
        ('<x:row xmlns:x="u" r="1"><x:c r="A&#57;9999"/></x:row>', "超过 10000 行"),
        ('<row r="1"><c r="A-1"/></row>', "不是完整的"),
        ('<row r="many"/>', "不是完整的"),
        ("<row>", "不是完整的"),
    ],
)
def test_places_are_measured_however_they_are_written(rows, reason):
    with pytest.raises(UnreadableSheetError, match=reason):
        read_sheet(with_sheet_data(f"<worksheet><sheetData>{rows}</sheetData></worksheet>"))


def test_entities_are_refused():
    with pytest.raises(UnreadableSheetError, match="不是完整的"):
        read_sheet(with_sheet_data('<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'))


def with_sheet_data(xml: str) -> bytes:
    """A genuine file whose first sheet is replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_sheet(["姓名"], [["甲"]]))) as genuine,
        zipfile.ZipFile(target, "w") as forged,
    ):
        for name in genuine.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            forged.writestr(name, xml.encode() if is_sheet else genuine.read(name))
    return target.getvalue()
