"""年度学时卡: one per ledger version, the sum of its records, verified by its code (R-179, R-318)."""

import pytest

from tests.documents.paper import codes, page_texts
from tests.factories.hours import make_course, make_record, make_year
from tests.factories.people import applicant_actor, make_person, sign_in
from zhiping.continuing_education.models import HourCard
from zhiping.jobs.queue import run_due

pytestmark = pytest.mark.django_db
YEAR = "/applicant/hours/years/2026/"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def person(client):
    person = make_person("𠮷㛃")
    make_year(person, 2026, professional=72, public_general=18)
    sign_in(client, applicant_actor(person))
    return person


def test_a_card_is_ordered_once_printed_and_verified(client, person):
    """R-318: the card's total is the sum of the registered records."""
    client.post(f"{YEAR}card/")
    client.post(f"{YEAR}card/")
    run_due()
    card = HourCard.objects.get()

    pdf = b"".join(client.get(f"/applicant/hours/cards/{card.pk}.pdf").streaming_content)

    text = "".join(page_texts(pdf))
    assert "90" in text
    assert "𠮷㛃" in text
    assert person.document_number not in text
    [address] = codes(pdf, dpi=200)
    client.logout()
    page = client.get(f"/hours/card/{address.rstrip('/').rpartition('/')[2]}/").content.decode()
    assert "卡上的内容与平台台账一致" in page
    assert "㛃" not in page


def test_two_years_are_two_cards(client, person):
    make_year(person, 2025, professional=90)
    client.post(f"{YEAR}card/")
    client.post(YEAR.replace("2026", "2025") + "card/")

    assert sorted(HourCard.objects.values_list("year", "content__whole")) == [(2025, 90), (2026, 90)]


def test_after_new_hours_the_old_card_says_so_and_a_new_one_is_made(client, person):
    """R-179: a later version replaces with history."""
    client.post(f"{YEAR}card/")
    old = HourCard.objects.get()
    make_record(person, course=make_course())

    page = client.get(f"/hours/card/{old.code}/").content.decode()
    client.post(f"{YEAR}card/")

    assert "台账此后有更新" in page
    assert HourCard.objects.count() == 2


def test_an_unknown_code_is_not_found(client):
    answer = client.get("/hours/card/nothing/")

    assert answer.status_code == 404
    assert "没有查到" in answer.content.decode()


def test_somebody_elses_card_is_not_found(client, person):
    client.post(f"{YEAR}card/")
    card = HourCard.objects.get()
    sign_in(client, applicant_actor(make_person("别人")))

    assert client.get(f"/applicant/hours/cards/{card.pk}.pdf").status_code == 404
    assert client.post(f"{YEAR}card/").status_code == 404
