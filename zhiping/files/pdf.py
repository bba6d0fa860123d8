"""Looking into a PDF: whole, not encrypted, not too long, nothing in it that acts by itself."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader, apply_configuration
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from zhiping.kernel.errors import Refused

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # findings go to the person, not into the server's log

MAX_OBJECTS = 50_000
MAX_DECODED = 16_000_000
MAX_TREE_DEPTH = 50
SIMPLE_BYTES, SIMPLE_OBJECTS = 100_000, 500
TAIL_BYTES = 1024  # what readers tolerate after the last %%EOF
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/(ObjStm|XRef|XRefStm|Extends)(?![A-Za-z])|#[0-9A-Fa-f]{2}")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z])")
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|GoToE|EmbeddedFiles?|XFA|RichMedia|3D|Movie|Sound)"
    rb"(?![A-Za-z0-9_.])"
)
_LIMITS = {
    "maximum_declared_stream_length": 64_000_000,
    "zlib_maximum_output_length": MAX_DECODED,
    "zlib_maximum_recovery_input_length": 100_000,
    "lzw_maximum_output_length": MAX_DECODED,
    "run_length_maximum_output_length": MAX_DECODED,
    "brotli_maximum_output_length": MAX_DECODED,
    "stream_decoding_work_maximum_length": 2 * MAX_DECODED,
    "stream_filters_maximum_length": 4,
}


def pdf_pages(path: Path, *, name: str, max_pages: int) -> int:
    """The number of pages of a whole, plain PDF; Refused for any other."""
    try:
        with apply_configuration(**_LIMITS):
            return _checked(path.read_bytes(), name=name, max_pages=max_pages)
    except Refused:
        raise
    except Exception:  # a hostile PDF may raise anything, deep recursion included
        raise _broken(name) from None


def is_simple(content: bytes) -> bool:
    """Whether so little stands outside the streams that reading it cannot take long: a scan, a printed page.

    Streams are bounded by _LIMITS; packed objects, many objects and chains of cross-reference tables are not simple.
    """
    plain = b"\n".join(outside_streams(content))
    return (
        len(plain) <= SIMPLE_BYTES
        and sum(1 for _ in _OBJECT.finditer(plain)) <= SIMPLE_OBJECTS
        and plain.count(b"startxref") <= 2
        and plain.count(b"/Prev") <= 2
        and not _PACKED.search(plain)
    )


def _checked(content: bytes, *, name: str, max_pages: int) -> int:
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise _broken(name)
    if len(content[end + 5 :].strip(b"\0 \t\r\n\f")) > TAIL_BYTES:
        raise Refused(f"“{name}”的末尾附带了别的内容。请打开后用“打印为 PDF”重新生成，再上传。")
    plain = _HEX.sub(lambda hit: bytes([int(hit[1], 16)]), b"\n".join(outside_streams(content)))
    if _ENCRYPTED.search(plain):
        raise Refused(
            f"“{name}”设置了密码或权限加密，审核人员打不开。请取消加密，或打印为新的 PDF 后再上传。"
        )
    if sum(1 for _ in _OBJECT.finditer(plain)) > MAX_OBJECTS:
        raise Refused(f"“{name}”的内部结构过于复杂，无法检查。请用“打印为 PDF”重新生成后再上传。")
    _refuse_active(plain, name)
    reader = PdfReader(io.BytesIO(content))
    for packed in _object_streams(reader):
        _refuse_active(packed, name)
    pages = _page_count(reader, max_pages)
    if pages == 0:
        raise _broken(name)
    if pages > max_pages:
        raise Refused(f"“{name}”超过 {max_pages} 页。请只保留与本项有关的页面，或分成几个文件上传。")
    return pages


def outside_streams(content: bytes) -> Iterator[bytes]:
    """The parts of the file that are not bodies of streams: dictionaries, trailers, tables."""
    position = 0
    while hit := _STREAM.search(content, position):
        yield content[position : hit.start()]
        stop = content.find(b"endstream", hit.end())
        if stop < 0:
            yield content[hit.end() :]
            return
        position = stop + len(b"endstream")
    yield content[position:]


def _object_streams(reader: PdfReader) -> Iterator[bytes]:
    """Dictionaries may be packed into compressed streams; their total size is limited."""
    total = 0
    for number in sorted({stream for stream, _ in reader.xref_objStm.values()}):
        packed = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(packed, StreamObject):
            body = packed.get_data()
            total += len(body)
            if total > MAX_DECODED:
                raise ValueError("object streams too large")
            yield _HEX.sub(lambda hit: bytes([int(hit[1], 16)]), body)


def _page_count(reader: PdfReader, max_pages: int) -> int:
    """Walk the page tree, at most one page past the limit; a loop or a depth beyond reason is broken."""
    found = 0
    seen: set[int] = set()
    waiting = [(reader.root_object["/Pages"], 0)]
    while waiting and found <= max_pages:
        node, depth = waiting.pop()
        node = node.get_object()
        if not isinstance(node, DictionaryObject) or id(node) in seen or depth > MAX_TREE_DEPTH:
            raise ValueError("page tree")
        seen.add(id(node))
        if "/Kids" in node:
            kids = list(node["/Kids"])
            waiting.extend((kid, depth + 1) for kid in kids[: max_pages + 1])
        else:
            found += 1
    return found


def _refuse_active(text: bytes, name: str) -> None:
    if hit := _ACTIVE.search(text):
        what = "附件" if hit[1].startswith(b"Embedded") else "脚本、表单或多媒体"
        raise Refused(f"“{name}”里带有{what}，为安全起见不能接收。请打开后用“打印为 PDF”重新生成，再上传。")


def _broken(name: str) -> Refused:
    return Refused(f"“{name}”打不开，文件可能不完整或已损坏。请重新导出或扫描为 PDF 后再上传。")
