"""The contact table of continuing education (R-024, R-365)."""

from pathlib import Path

import pytest

from tests.factories.people import make_region
from zhiping.kernel import clock
from zhiping.plans.operations import load_notice

pytestmark = pytest.mark.django_db
ANJI = Path(__file__).resolve().parents[3] / "policy_packs" / "anji-2021-15-arts-and-crafts"
CONTACTS = "/hours/contacts/"


@pytest.fixture
def anji():
    make_region("330523")
    load_notice(folder=ANJI, now=clock.now())


def test_the_sixteen_departments_stand_with_their_phones_and_without_names(client, anji):
    """R-365: 16 rows, 16 phones, no personal names."""
    page = client.get(CONTACTS).content.decode()

    assert page.count('data-l="主管部门"') == 16
    assert "2667912" in page
    assert "韩" not in page


def test_a_field_leads_to_its_department(client, anji):
    """R-024: water engineering → 湖州市水利局."""
    page = client.get(CONTACTS, {"q": "水利"}).content.decode()

    assert page.count('data-l="主管部门"') == 1
    assert "湖州市水利局" in page


def test_without_packs_the_page_says_so(client):
    assert "没有找到" in client.get(CONTACTS).content.decode()
