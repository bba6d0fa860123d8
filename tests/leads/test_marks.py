"""Marks and contradictions, held against readings by brute force (issue 3 §9)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from zhiping.leads.contradictions import OVERLAP_DAYS, contradictions
from zhiping.leads.marks import ALIKE, differs, fingerprint, marks_of, picture_marks, plain

BITS = st.integers(min_value=0, max_value=2**64 - 1)


@given(BITS, st.sets(st.integers(min_value=0, max_value=63), max_size=ALIKE))
def test_pictures_that_differ_a_little_share_a_band(bits, flipped):
    other = bits
    for each in flipped:
        other ^= 1 << each
    one, two = picture_marks(bits, "x"), picture_marks(other, "x")

    assert {mark.value for mark in one} & {mark.value for mark in two}
    assert differs(one[0].print_, two[0].print_) == len(flipped)


def scene(tmp_path, name, *, size=(600, 400), quality=90, shift=0):
    picture = Image.new("RGB", size, "#bcd")
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.ellipse((width * 0.1 + shift, height * 0.2, width * 0.5 + shift, height * 0.9), fill="#842")
    draw.rectangle((width * 0.6, height * 0.1, width * 0.9, height * 0.5), fill="#123")
    path = tmp_path / name
    picture.save(path, quality=quality)
    return path


def test_a_picture_saved_again_smaller_is_still_the_same(tmp_path):
    first = fingerprint(scene(tmp_path, "a.jpg"))
    again = fingerprint(scene(tmp_path, "b.jpg", size=(300, 200), quality=60))
    other = tmp_path / "c.png"
    Image.linear_gradient("L").rotate(90).save(other)

    assert differs(f"{first:016x}", f"{again:016x}") <= ALIKE
    assert differs(f"{first:016x}", f"{fingerprint(other):016x}") > ALIKE


def test_a_blank_page_leaves_no_mark(tmp_path):
    path = tmp_path / "blank.png"
    Image.new("L", (200, 300), 250).save(path)

    assert fingerprint(path) is None


def item(category, key=1, **data):
    return {
        "category": category,
        "category_label": category,
        "item": key,
        "label": f"第{key}条",
        "data": data,
    }


def content(*items, born_on="1980-01-01", submitted_at="2026-03-02T09:00:00+08:00"):
    return {"items": items, "person": {"born_on": born_on}, "submitted_at": submitted_at}


def test_the_same_patent_in_another_spelling_has_the_same_mark():
    one = {mark.value for mark in marks_of(content(item("patents", number="ZL 2019 1 0123456.7", rank=1)))}
    two = {mark.value for mark in marks_of(content(item("patents", number="zl２０１９10123456.7", rank=1)))}
    second_inventor = {
        mark.value for mark in marks_of(content(item("patents", number="ZL201910123456.7", rank=2)))
    }

    assert one == two != second_inventor


def test_a_paper_counts_as_claimed_twice_only_for_first_authors():
    first = list(
        marks_of(
            content(item("papers", title="青瓷釉色研究", author_role="first", published_on="2020-05-01"))
        )
    )
    other = list(
        marks_of(
            content(item("papers", title="青瓷釉色研究", author_role="other", published_on="2020-05-01"))
        )
    )

    assert len(first) == 1
    assert other == []
    assert plain("《青瓷釉色 研究》") == "青瓷釉色研究"


def test_dates_before_childhood_ended_or_after_submission_are_pointed_out():
    found = [
        each.sentence
        for each in contradictions(
            content(
                item("education", 1, graduated_on="1989-07-01"),
                item("papers", 2, published_on="2026-03-03"),
                item("papers", 3, published_on="2026-03-02"),
            )
        )
    ]

    assert len(found) == 2
    assert "不满 12 岁" in found[0]
    assert "在提交之后" in found[1]


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2025, 12, 31))


@given(DAYS, st.integers(0, 900), DAYS, st.integers(0, 900))
def test_overlapping_work_against_counting_days(first, long, second, longer):
    terms = [(first, first + timedelta(days=long)), (second, second + timedelta(days=longer))]
    items = [
        item("employment", key, employer=f"单位{key}", **{"from": begins.isoformat(), "to": ends.isoformat()})
        for key, (begins, ends) in enumerate(terms)
    ]
    both = {terms[0][0] + timedelta(days=n) for n in range(long + 1)} & {
        terms[1][0] + timedelta(days=n) for n in range(longer + 1)
    }
    told = [
        each
        for each in contradictions(content(*items, submitted_at="2027-12-31T09:00:00+08:00"))
        if each.kind == "overlap"
    ]

    assert bool(told) is (len(both) > OVERLAP_DAYS)
    assert all(f"重叠 {len(both)} 天" in each.sentence for each in told)


def test_two_terms_at_one_employer_are_no_contradiction():
    terms = [item("employment", key, employer="某厂", **{"from": "2010-01-01"}) for key in (1, 2)]

    assert list(contradictions(content(*terms))) == []
