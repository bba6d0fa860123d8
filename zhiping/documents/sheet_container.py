"""Makes an uploaded .xlsx safe to read; entities and DOCTYPE are refused.

The reader that comes after lays a sheet out as one dense block of memory, so six kilobytes with a cell in the
last row and column would end the process. Everything is therefore measured here before it gets there.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from zhiping.kernel.errors import Refused

MOST_BYTES = 10_000_000
MOST_UNPACKED_BYTES = 50_000_000
MOST_FILES_INSIDE = 1_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
READ_PARTS = re.compile(r"(\[Content_Types\]|_rels/.*|xl/.*)\.(xml|rels)")
REFERENCE = re.compile(r"([A-Za-z]{0,7})([0-9]{1,15})")
# what the standard library raises for a container that is broken, encrypted, or packed in an unknown way
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    RuntimeError,  # also: a way of packing that Python does not know
    ValueError,
    EOFError,
)


class UnreadableSheetError(Refused):
    """The file cannot be read as a table; the sentence says why and what to do."""


def not_a_sheet() -> UnreadableSheetError:
    return UnreadableSheetError("文件不是完整的 .xlsx 表格，请用 Excel 或 WPS 另存为 .xlsx（不加密）后上传。")


def too_wide() -> UnreadableSheetError:
    return UnreadableSheetError(f"表格超过 {MOST_COLUMNS} 列，请使用平台提供的模板。")


def too_long(most_rows: int = MOST_ROWS) -> UnreadableSheetError:
    return UnreadableSheetError(f"表格超过 {most_rows} 行，请拆分后分次上传。")


def safe_copy(content: bytes) -> bytes:
    """Return the parts that make up the tables, packed anew and within limits; refuse everything else."""
    if len(content) > MOST_BYTES:
        raise UnreadableSheetError(f"文件超过 {MOST_BYTES // 1_000_000} MB，请拆分后分次上传。")
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container, zipfile.ZipFile(target, "w") as copy:
            members = container.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MOST_FILES_INSIDE or unpacked > MOST_UNPACKED_BYTES:
                raise UnreadableSheetError("文件解压后过大，不能读取；请使用平台提供的模板重新填写。")
            for member in members:
                if READ_PARTS.fullmatch(member.filename):
                    part = container.read(member)
                    _Measure().take(part)
                    copy.writestr(member.filename, part)
    except BROKEN as error:
        raise not_a_sheet() from error
    return target.getvalue()


class _Measure:
    """Walks through one part and refuses it as soon as a row or a cell lies outside the limits."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.doctype

    def take(self, part: bytes) -> None:
        self.parser.Parse(part, True)

    def doctype(self, *_: object) -> None:
        raise not_a_sheet()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element not in {"row", "c"}:
            return
        reference = attributes.get("r")
        if element == "row":
            self.row, self.column = self.row + 1, 0
            if reference is not None:
                self.row = int(reference)
        else:
            self.column += 1
            if reference is not None:
                self.place(reference)
        if self.row > MOST_ROWS + 1:
            raise too_long()
        if self.column > MOST_COLUMNS:
            raise too_wide()

    def place(self, reference: str) -> None:
        """Move to a cell named like AB12."""
        match = REFERENCE.fullmatch(reference)
        if match is None:
            raise not_a_sheet()
        letters, number = match.groups()
        self.row = max(self.row, int(number))
        self.column = 0
        for letter in letters.upper():
            self.column = self.column * 26 + ord(letter) - 64
