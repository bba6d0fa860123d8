"""Pictures are kept without place, time and device: what is hashed is what is stored (R-082; privacy)."""

import hashlib
import io
import struct

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.factories.archive import jpeg_bytes, png_bytes
from tests.factories.people import applicant_actor, make_person
from zhiping.files.operations import store_file
from zhiping.files.picture import plain_picture
from zhiping.files.queries import path_of
from zhiping.files.states import SCANS, MediaType
from zhiping.kernel.errors import Refused

PLACE = "N30.2741 E120.1551"
GPS, MADE_BY, TURN = 0x8825, 0x010F, 0x0112
LATITUDE = {1: "N", 2: (30.0, 16.0, 26.76), 3: "E", 4: (120.0, 9.0, 18.36)}
ON_ITS_SIDE = 6  # the camera was turned a quarter to the right


def taken_with(camera_turn: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[MADE_BY], exif[TURN] = "Demo", camera_turn
    exif.get_ifd(GPS).update(LATITUDE)
    return exif


def photo(kind: str, turn: int = 1) -> bytes:
    """A picture from a phone: red above, blue below, with its place in every corner that a format has for it."""
    picture = Image.new("RGB", (80, 40), "blue")
    picture.paste("red", (0, 0, 80, 20))
    out, more = io.BytesIO(), {}
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Location", PLACE)
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", f"<exif>{PLACE}</exif>")
    else:
        more = {"comment": PLACE.encode(), "xmp": f"<exif>{PLACE}</exif>".encode(), "quality": 95}
    picture.save(out, kind, exif=taken_with(turn), **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", [MediaType.JPEG, MediaType.PNG])
def test_place_and_device_are_taken_out_and_the_pixels_stay(kind):
    content = photo(kind.label)
    with Image.open(io.BytesIO(content)) as image:
        assert image.getexif().get_ifd(GPS)[1] == "N"  # it was there
        pixels = image.convert("RGB").tobytes()

    plain = plain_picture(content, kind)

    with Image.open(io.BytesIO(plain)) as image:
        assert dict(image.getexif()) == {}
        assert image.convert("RGB").tobytes() == pixels
    assert PLACE.encode() not in plain
    assert b"Exif" not in plain
    assert b"eXIf" not in plain
    assert plain_picture(plain, kind) == plain


@pytest.mark.parametrize("kind", [MediaType.JPEG, MediaType.PNG])
def test_a_picture_on_its_side_is_set_upright(kind):
    """Red was above; held a quarter to the right, the camera wrote it at the right."""
    content = photo(kind.label, turn=ON_ITS_SIDE)

    plain = plain_picture(content, kind)

    with Image.open(io.BytesIO(plain)) as image:
        seen = image.convert("RGB")
        left, right = seen.getpixel((3, 40)), seen.getpixel((36, 40))
        assert seen.size == (40, 80)
        assert left[2] > left[0]
        assert right[0] > right[2]
        assert TURN not in image.getexif()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (jpeg_bytes(), MediaType.JPEG),
        (jpeg_bytes((413, 579), pad_to=40_000), MediaType.JPEG),
        (png_bytes(), MediaType.PNG),
    ],
)
def test_a_picture_with_nothing_beside_it_stays_byte_for_byte(content, kind):
    assert plain_picture(content, kind) == content


def test_scans_of_every_make_keep_their_pixels():
    for mode, more in (
        ("L", {}),
        ("CMYK", {}),
        ("RGB", {"progressive": True}),
        ("RGB", {"restart_marker_rows": 1}),
    ):
        out = io.BytesIO()
        Image.effect_noise((120, 90), 60).convert(mode).save(out, "JPEG", comment=b"x", **more)

        plain = plain_picture(out.getvalue(), MediaType.JPEG)

        with Image.open(io.BytesIO(plain)) as after, Image.open(out) as before:
            assert after.tobytes() == before.tobytes()
            assert len(plain) < len(out.getvalue())


def test_a_second_picture_or_film_behind_the_first_is_left_out():
    for content, kind in ((jpeg_bytes(), MediaType.JPEG), (png_bytes(), MediaType.PNG)):
        assert plain_picture(content + photo("JPEG") + b"ftypmp42", kind) == content


def test_colours_that_a_profile_defines_are_kept():
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG", icc_profile=b"profile of a scanner")

    assert b"profile of a scanner" in plain_picture(out.getvalue(), MediaType.JPEG)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (jpeg_bytes()[:-2], MediaType.JPEG),
        (jpeg_bytes()[:200], MediaType.JPEG),
        (jpeg_bytes()[:20] + b"\0\0" + jpeg_bytes()[20:], MediaType.JPEG),
        (jpeg_bytes().replace(b"\xff\xdb\x00\x43", b"\xff\xdb\x00\x01", 1), MediaType.JPEG),
        (png_bytes()[:-12], MediaType.PNG),
        (png_bytes()[:-6], MediaType.PNG),
        (png_bytes()[:-4] + struct.pack(">I", 1), MediaType.PNG),
    ],
)
def test_broken_structure_is_told(content, kind):
    with pytest.raises((ValueError, OSError)):
        plain_picture(content, kind)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("JPEG", "现场.jpg"), ("PNG", "截图.png")])
def test_what_is_hashed_and_measured_is_what_lies_on_disk(settings, tmp_path, now, kind, name):
    settings.MEDIA_ROOT = tmp_path
    person = make_person()

    stored = store_file(
        upload=ContentFile(photo(kind, turn=ON_ITS_SIDE), name=name),
        owner=person,
        kinds=SCANS,
        actor=applicant_actor(person),
        now=now,
    )

    kept = path_of(stored).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == stored.sha256
    assert (stored.size, stored.width, stored.height) == (len(kept), 40, 80)
    assert PLACE.encode() not in kept
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [stored.sha256]


@pytest.mark.django_db
def test_a_picture_whose_structure_is_broken_is_refused_and_leaves_nothing(settings, tmp_path, now):
    """A decoder may forgive what a second reader must not copy."""
    settings.MEDIA_ROOT = tmp_path
    person = make_person()
    odd = jpeg_bytes()[:20] + b"\0\0" + jpeg_bytes()[20:]

    with pytest.raises(Refused, match="打不开"):
        store_file(
            upload=ContentFile(odd, name="a.jpg"),
            owner=person,
            kinds=SCANS,
            actor=applicant_actor(person),
            now=now,
        )

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
