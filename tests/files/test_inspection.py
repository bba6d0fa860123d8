"""Files are judged by what they are: every hostile kind is refused with its own sentence, none crashes."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from tests.factories.archive import jpeg_bytes, pdf_bytes, png_bytes
from zhiping.files.inspection import Finding, Limits, inspect
from zhiping.files.operations import DEFAULT_LIMITS
from zhiping.files.states import PDF_ONLY, PHOTOS, SCANS, MediaType
from zhiping.kernel.errors import Refused


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def one_page() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    return writer


def encrypted_pdf() -> bytes:
    writer = one_page()
    writer.encrypt("secret", algorithm="AES-256")
    return written(writer)


def scripted_pdf() -> bytes:
    writer = one_page()
    action = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def attached_pdf() -> bytes:
    writer = one_page()
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def looped_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def packed_bomb_pdf() -> bytes:
    """An object stream of 1.5 KB that would unpack to a hundred times the limit."""
    body = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    head = b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(
        body
    )
    return (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + head
        + body
        + b"\nendstream endobj\n"
        + cross_reference_stream()
    )


def cross_reference_stream() -> bytes:
    rows = b"".join(struct.pack(">BHB", kind, field, 0) for kind, field in [(0, 0), (2, 5), (2, 5), (2, 5)])
    return (
        b"6 0 obj<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(rows)
        + rows
        + b"\nendstream endobj\nstartxref\n0\n%%EOF"
    )


def declared_png(width: int, height: int) -> bytes:
    """A tiny PNG whose header claims these dimensions."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def look(tmp_path, content: bytes, name: str, kinds=SCANS, limits=DEFAULT_LIMITS) -> Finding:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return inspect(path, name=name, kinds=kinds, limits=limits)


@pytest.mark.parametrize(
    ("content", "name", "finding"),
    [
        (pdf_bytes(pages=3), "证明.PDF", Finding(MediaType.PDF, pages=3)),
        (jpeg_bytes((300, 400)), "照片.jpeg", Finding(MediaType.JPEG, width=300, height=400)),
        (png_bytes((40, 60)), "扫描.png", Finding(MediaType.PNG, width=40, height=60)),
    ],
)
def test_plain_files_are_measured(tmp_path, content, name, finding):
    assert look(tmp_path, content, name) == finding


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "空文件"),
        (b"PK\x03\x04docx", "论文.docx", "是Word、Excel 文档或压缩包，这里只收 PDF、JPEG、PNG"),
        (b"<html><script>", "a.pdf", "不是平台能识别的格式"),
        (b"junk" + pdf_bytes(), "a.pdf", "不是平台能识别的格式"),
        (png_bytes(), "改名.jpg", "实际内容是 PNG，与扩展名“.jpg”不一致"),
        (pdf_bytes(), "没有扩展名", "扩展名“（无）”"),
        (pdf_bytes()[:-300], "截断.pdf", "打不开"),
        (b"%PDF-1.7\n%%EOF", "空壳.pdf", "打不开"),
        (looped_pdf(), "循环.pdf", "打不开"),
        (packed_bomb_pdf(), "炸弹.pdf", "打不开"),
        (encrypted_pdf(), "加密.pdf", "设置了密码"),
        (scripted_pdf(), "脚本.pdf", "带有脚本"),
        (scripted_pdf().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4AS"), "a.pdf", "脚本"),
        (attached_pdf(), "附件.pdf", "带有附件"),
        (pdf_bytes() + b"PK" * 1000, "拼接.pdf", "末尾附带"),
        (jpeg_bytes()[:600], "截断.jpg", "不完整或已损坏"),
        (png_bytes()[:-40], "截断.png", "不完整或已损坏"),
        (declared_png(30_000, 30_000), "炸弹.png", "像素太大"),
        (declared_png(6_000, 6_000), "大图.png", "像素太大"),
        (declared_png(500, 500), "假图.png", "不完整或已损坏"),
    ],
)
def test_hostile_files_are_refused_with_their_own_sentence(tmp_path, content, name, words):
    with pytest.raises(Refused) as refusal:
        look(tmp_path, content, name)

    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")


def test_kind_not_taken_here_is_refused(tmp_path):
    """R-100: material is PDF; R-082: a photo is JPEG."""
    with pytest.raises(Refused, match="这一项只收 PDF"):
        look(tmp_path, jpeg_bytes(), "a.jpg", PDF_ONLY)
    with pytest.raises(Refused, match="这一项只收 JPEG"):
        look(tmp_path, png_bytes(), "a.png", PHOTOS)


def test_pages_are_counted_up_to_the_limit(tmp_path):
    assert look(tmp_path, pdf_bytes(pages=5), "a.pdf", limits=Limits(max_pages=5)).pages == 5
    with pytest.raises(Refused, match="超过 4 页"):
        look(tmp_path, pdf_bytes(pages=5), "a.pdf", limits=Limits(max_pages=4))


def test_active_words_inside_page_content_are_no_reason_to_refuse(tmp_path):
    """Only dictionaries act; a scan whose bytes happen to read /JS does not."""
    writer = one_page()
    stream = StreamObject()
    stream.set_data(b"BT /JS 12 Tf ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    assert look(tmp_path, written(writer), "a.pdf").pages == 1


SAMPLES = {
    "a.pdf": pdf_bytes(pages=2),
    "a.png": png_bytes(),
    "a.jpg": jpeg_bytes((60, 80)),
}


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=8),
    st.floats(0, 1),
)
def test_mutated_files_are_measured_or_refused_never_a_crash(tmp_path_factory, name, changes, cut):
    content = bytearray(SAMPLES[name])
    for place, patch in changes:
        at = int(place * (len(content) - 1))
        content[at : at + len(patch)] = patch
    if cut > 0.7:
        content = content[: int(len(content) * cut)]
    try:
        finding = look(tmp_path_factory.mktemp("mutated"), bytes(content), name)
    except Refused as refusal:
        outcome = refusal.sentence
    else:
        outcome = f"{finding.media_type.label}。"
    assert outcome.endswith("。")
