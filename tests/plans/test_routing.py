"""A body that a notice names outside its chain is found among the registered ones."""

import pytest

from zhiping.plans.routing import Body, named_body

BODIES = [
    Body(1, "杭州市人力资源和社会保障局", "hr_authority", "city", "330100"),
    Body(2, "浙江省人力资源和社会保障厅", "hr_authority", "province", "330000"),
    Body(3, "浙江省经济和信息化厅", "industry_authority", "province", "330000"),
]


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("省经信厅", 3),
        ("省人力社保厅", 2),
        ("杭州市人力社保局", 1),
        ("省卫生健康委员会", None),
        ("杭州市经信局", None),
    ],
)
def test_body_is_named_by_its_letters_and_level(printed, key):
    """R-331: 省经信厅、省人力社保厅."""
    found = named_body(printed, BODIES)

    assert (found.pk if found else None) == key
