"""Pages of posts ask the same few questions for one row and for thirty (R-390)."""

import pytest

from tests.factories.people import make_person, sign_in, staff_actor
from tests.factories.posts import (
    chosen,
    concluded,
    figures_for,
    filled,
    make_authority,
    make_ledger,
    post_officer,
)
from tests.portals.test_query_counts import DETAIL, LIST, MANY, SUBMIT, asked, assert_flat
from zhiping.posts.models import LedgerChange
from zhiping.posts.operations import propose_figures, reserve_seat

pytestmark = pytest.mark.django_db
ROOMY = {"intermediate": ("100", 40, 0)}


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


def recommend(ledger, now, number):
    person = make_person(f"申报人{number}")
    return reserve_seat(
        institution=ledger.institution,
        group="intermediate",
        person=person,
        subject_id=number,
        label=f"2026-{number}",
        year=2025,
        actor=staff_actor(ledger.institution),
        now=now,
    )


def test_pages_of_the_institution(client, now):
    ledger = make_ledger(now, levels=ROOMY)
    competition = concluded(now, ledger, chosen("甲"), opened=1)
    form = filled(now, ledger)
    recommend(ledger, now, 1)
    sign_in(client, staff_actor(ledger.institution))

    def grow():
        for number in range(2, 2 + MANY):
            recommend(ledger, now, number)
            entry = competition.entries.first()
            entry.pk, entry.position, entry.person = None, number, make_person(f"乙{number}")
            entry.save(force_insert=True)
            LedgerChange.objects.create(
                ledger=ledger,
                number=number,
                kind="figures",
                state="returned",
                before=ledger.changes.last().before,
                after=ledger.changes.last().after,
                reason="再报",
                proposed_at=now,
            )

    base = "/employer/posts/"
    pages = {
        base: DETAIL,
        f"{base}changes/": LIST,
        f"{base}competitions/": LIST,
        f"{base}competitions/{competition.pk}/": DETAIL,
        f"{base}forms/{form.pk}/": DETAIL,
        f"{base}statements/": LIST,
    }
    assert_flat(client, pages, grow)


def test_pages_of_the_post_authority(client, now):
    authority = make_authority()
    ledger = make_ledger(now, authority=authority, levels=ROOMY)
    sign_in(client, post_officer(authority))

    def grow():
        for number in range(MANY):
            make_ledger(now, authority=authority, levels=ROOMY)
            recommend(ledger, now, number + 1)

    assert_flat(client, {"/authority/posts/": LIST, f"/authority/posts/{ledger.pk}/": DETAIL}, grow)


def test_approving_figures_is_a_short_transaction(client, now):
    ledger = make_ledger(now, levels=ROOMY)
    clerk = staff_actor(ledger.institution)
    change = propose_figures(ledger=ledger, figures=figures_for(ROOMY), reason="复核", actor=clerk, now=now)
    sign_in(client, post_officer(ledger.authority))

    told = {"version": "1", "outcome": "approve", "opinion": "同意"}
    statements = asked(client, f"/authority/posts/changes/{change.pk}/", told)

    assert len(statements) <= SUBMIT, "\n".join(statements)
