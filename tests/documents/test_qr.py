"""Codes for pages and paper."""

import io
from xml.etree import ElementTree

import pytest
import typst
import zxingcpp
from PIL import Image

from tests.documents.paper import codes
from zhiping.documents.qr import qr_png, qr_svg

URL = "https://zhiping.example.cn/v/7Q4MZK2XWA9T"


def test_the_drawing_obeys_the_content_policy_of_the_pages():
    """No inline style, no handler, no size: the page's CSS decides."""
    svg = ElementTree.fromstring(qr_svg(URL, label="核验码"))

    attributes = {name for element in svg.iter() for name in element.attrib}
    assert not attributes & {"style", "width", "height", "onload"}
    assert "viewBox" in svg.attrib
    assert svg.findtext("title") == "核验码"


def test_a_label_cannot_break_out_of_the_drawing():
    svg = ElementTree.fromstring(qr_svg("<script>", label="</title><script>alert(1)</script>"))

    assert [element.tag for element in svg.iter() if "script" in element.tag] == []


@pytest.mark.parametrize("text", [URL, "核验：申报人𠮷", "x" * 900])
def test_the_picture_is_read_back(text):
    with Image.open(io.BytesIO(qr_png(text))) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]


def test_the_drawing_is_read_back():
    source = b'#image(bytes(sys.inputs.svg), format: "svg", width: 40mm)'
    pdf = typst.compile(source, format="pdf", sys_inputs={"svg": qr_svg(URL)})

    assert codes(pdf, dpi=150) == [URL]
