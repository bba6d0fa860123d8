"""Numbers are sealed in the column, found by blind index, shown masked (R-394)."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from zhiping.identity.models import Person
from zhiping.privacy.fields import blind_index, decrypt, encrypt
from zhiping.privacy.masks import mask_id_number, mask_phone

NUMBER = "330106199001010015"


@pytest.mark.django_db
def test_the_column_holds_no_plain_number_and_python_reads_it_back(now):
    person = Person.objects.create(
        name="申报人甲", document_number=NUMBER, document_index=blind_index(NUMBER), created_at=now
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT document_number, document_index FROM identity_person")
        stored = " ".join(cursor.fetchone())

    assert NUMBER not in stored
    assert Person.objects.get(document_index=blind_index(NUMBER)).document_number == NUMBER
    assert person.document_number == NUMBER


def test_the_same_number_is_sealed_differently_each_time_but_indexed_the_same():
    assert encrypt(NUMBER) != encrypt(NUMBER)
    assert blind_index(" 33010619900101001x") == blind_index("33010619900101001X")


def test_an_altered_column_is_refused():
    sealed = encrypt(NUMBER)
    altered = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]

    with pytest.raises(InvalidTag):
        decrypt(altered)


@pytest.mark.parametrize(
    ("number", "shown"), [(NUMBER, "330106**********15"), ("E1234567", "E*******"), ("", "")]
)
def test_id_numbers_are_masked(number, shown):
    assert mask_id_number(number) == shown


@pytest.mark.parametrize(("number", "shown"), [("13800001234", "138****1234"), ("110", "110")])
def test_phones_are_masked(number, shown):
    assert mask_phone(number) == shown
