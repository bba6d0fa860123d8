"""Same data, same bytes; what cannot be printed is an error, never a guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories import documents as samples
from zhiping.documents.printing import as_printable, image_svg, render
from zhiping.documents.qr import Qr


def test_the_same_form_prints_the_same_bytes_in_every_thread():
    form = samples.review_form()

    with ThreadPoolExecutor(3) as pool:
        prints = list(pool.map(lambda _: render(form.template, form, created=samples.CREATED), range(6)))

    assert len(set(prints)) == 1


def test_another_moment_or_another_value_prints_another_file():
    form = samples.review_form()
    first = render(form.template, form, created=samples.CREATED)

    assert render(form.template, form, created=samples.CREATED + timedelta(days=1)) != first
    assert render(form.template, samples.review_form(copies=2), created=samples.CREATED) != first


def test_the_file_declares_pdf_a_2b():
    form = samples.review_form()

    pdf = render(form.template, form, created=samples.CREATED)

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_the_time_of_printing_must_have_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        render("review_form", samples.review_form(), created=datetime(2026, 1, 1))


def test_a_missing_field_stops_the_print():
    with pytest.raises(RuntimeError, match="cover"):
        render("review_form", {"person": {}}, created=samples.CREATED)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (date(2022, 3, 9), "2022年3月9日"),
        (datetime(2022, 3, 9, 16, 30, tzinfo=UTC), "2022年3月10日 00:30"),
        (Decimal("70.50"), "70.5"),
        (Decimal("100"), "100"),
        (Decimal("0.00"), "0"),
        ("一\r\n二\r三\t四", "一\n二\n三 四"),
        (None, None),
        (b"", None),
        (("甲", 1), ["甲", 1]),
    ],
)
def test_values_are_printed_in_chinese_form(value, printed):
    assert as_printable(value) == printed


def test_a_moment_without_zone_or_an_unknown_kind_of_value_is_an_error():
    with pytest.raises(ValueError, match="time zone"):
        as_printable(datetime(2022, 3, 9, 16, 30))
    with pytest.raises(TypeError, match="float"):
        as_printable({"score": 70.5})


def test_pictures_and_codes_become_drawings():
    assert as_printable(Qr("https://a.cn"))["svg"].startswith("<svg")
    assert 'width="413" height="579"' in image_svg(samples.photo())
    assert "data:image/png;base64," in image_svg(samples.handwriting())


def test_a_picture_of_another_kind_is_refused():
    with pytest.raises(OSError, match="cannot identify"):
        image_svg(b"GIF89a" + bytes(100))
