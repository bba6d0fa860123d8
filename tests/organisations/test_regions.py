"""Zhejiang's regions are shipped (issue: organisations as a tree with regions)."""

import pytest

from zhiping.organisations.models import Region
from zhiping.organisations.states import RegionLevel

pytestmark = pytest.mark.django_db


def test_eleven_cities_and_ninety_counties_stand_under_the_province():
    assert Region.objects.filter(level=RegionLevel.CITY, parent_id="330000").count() == 11
    assert Region.objects.filter(level=RegionLevel.COUNTY).count() == 90
    assert Region.objects.get(name="安吉县").parent.name == "湖州市"


def test_a_countys_code_begins_with_its_citys():
    for region in Region.objects.filter(level=RegionLevel.COUNTY):
        assert region.code.startswith(region.parent_id[:4]), region
