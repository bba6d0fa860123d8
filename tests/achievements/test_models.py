"""What the database itself holds true of the archive."""

import pytest
from django.db import IntegrityError

from tests.factories.archive import make_item, make_profile
from tests.factories.people import LONG_AGO, make_person
from zhiping.achievements.models import ItemVersion
from zhiping.achievements.states import VersionState

pytestmark = pytest.mark.django_db


def test_item_has_at_most_one_open_version():
    person = make_person()
    make_profile(person)
    version = make_item(person, state=VersionState.SUBMITTED)

    with pytest.raises(IntegrityError):
        ItemVersion.objects.create(item=version.item, number=2, label="再改", saved_at=LONG_AGO)


def test_submitted_version_names_who_audits_it():
    person = make_person()
    version = make_item(person, state=VersionState.DRAFT)

    with pytest.raises(IntegrityError):
        ItemVersion.objects.filter(pk=version.pk).update(state=VersionState.SUBMITTED)
