"""Excel sheets out and in: one table with a header row."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhiping.documents.sheet_container import (
    MOST_ROWS,
    UnreadableSheetError,
    not_a_sheet,
    safe_copy,
    too_long,
)

LONGEST_CELL = 32_767  # Excel's own limit
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
EXACT_NUMBERS_BELOW = 10**15  # Excel keeps 15 digits; of an 18-digit ID number it has lost the rest
DOCUMENT_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same rows give the same file
CellValue = str | int | float | Decimal | date | None


@dataclass(frozen=True)
class Sheet:
    """A table read from a file: every cell as the text that stands in it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_sheet(
    headers: Sequence[str], rows: Iterable[Sequence[CellValue]], *, name: str = "Sheet1"
) -> bytes:
    """Write a table as .xlsx. Texts stay texts: no number is made of an ID number, no formula of a name."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"created": DOCUMENT_DATE})
    formats = {
        "header": workbook.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True}),
        "text": workbook.add_format({"num_format": "@"}),
        "quoted": workbook.add_format({"num_format": "@", "quote_prefix": True}),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
    }
    worksheet = workbook.add_worksheet(name)
    for column, header in enumerate(headers):
        worksheet.write_string(0, column, header, formats["header"])
        worksheet.set_column(column, column, max(10, 2 * len(header) + 4))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(headers):
            raise ValueError(f"row {number} has {len(row)} cells, the header has {len(headers)}")
        for column, value in enumerate(row):
            _write_cell(worksheet, number, column, value, formats)
    worksheet.freeze_panes(1, 0)
    workbook.close()
    return target.getvalue()


def _write_cell(
    worksheet: Worksheet, number: int, column: int, value: CellValue, formats: dict[str, Format]
) -> None:
    if value is None:
        return
    if isinstance(value, date):
        worksheet.write_datetime(number, column, value, formats["date"])
    elif isinstance(value, int | float | Decimal):
        worksheet.write_number(number, column, value)
    elif len(value) > LONGEST_CELL:
        raise ValueError(f"the cell in row {number}, column {column + 1} is longer than Excel allows")
    else:
        kind = "quoted" if value.startswith(FORMULA_STARTS) else "text"
        worksheet.write_string(number, column, value, formats[kind])


def read_sheet(content: bytes, *, most_rows: int = MOST_ROWS) -> Sheet:
    """Read the first table of an .xlsx file; blank rows are left out, all cells come as trimmed text."""
    content = safe_copy(content)
    try:
        worksheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, OSError, IndexError) as error:
        raise not_a_sheet() from error
    last_row, _ = worksheet.end or (0, 0)
    if last_row > most_rows:
        raise too_long(most_rows)
    table = worksheet.to_python(skip_empty_area=False)
    if not table:
        raise UnreadableSheetError("表格是空的，请填写后重新上传。")
    headers = tuple(_text(cell, 1, "表头") for cell in table[0])
    rows = (
        tuple(_text(cell, number, headers[column]) for column, cell in enumerate(row))
        for number, row in enumerate(table[1:], start=2)
    )
    return Sheet(headers, tuple(row for row in rows if any(row)))


def _text(cell: object, row: int, header: str) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        if abs(cell) >= EXACT_NUMBERS_BELOW:
            raise UnreadableSheetError(
                f"第 {row} 行“{header}”以数字格式保存，末几位已丢失；请把该列设为文本格式，重新填写后上传。"
            )
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
