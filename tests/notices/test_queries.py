"""Who sees which list and which objection."""

from datetime import timedelta

import pytest

from tests.factories.notices import make_objection, make_publicity
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.kernel.actor import ANONYMOUS, Role
from zhiping.kernel.clock import end_of
from zhiping.notices import access
from zhiping.notices.list_content import EntryContent
from zhiping.notices.queries import by_code, is_on_show, objections_visible_to, shown_in_public, visible_to
from zhiping.notices.states import Channel, PublicityKind
from zhiping.notices.tasks import close_due, print_sheets

pytestmark = pytest.mark.django_db


def test_employers_lists_stay_inside_the_employer(now):
    unit = make_publicity(now)
    result = make_publicity(now, kind=PublicityKind.RESULT, names=("申报人丙",))

    assert set(visible_to(applicant_actor(make_person()))) == {result}
    assert set(visible_to(staff_actor(make_organisation()))) == {result}
    assert set(visible_to(staff_actor(unit.organisation))) == {unit, result}
    assert list(shown_in_public(now)) == [result]
    assert by_code(unit.code) == unit


def test_names_are_on_show_only_while_the_publicity_runs(now):
    publicity = make_publicity(now)

    assert is_on_show(publicity, end_of(publicity.ends_on) - timedelta(seconds=1))
    assert not is_on_show(publicity, end_of(publicity.ends_on))


def test_objections_are_seen_by_the_body_and_supervision(now):
    organisation, person = make_organisation(), make_person("申报人丁")
    entry = EntryContent(1, person.name, organisation.name, person_id=person.pk)
    objection = make_objection(make_publicity(now, organisation, entries=[entry]), now)
    make_objection(make_publicity(now), now)

    assert list(objections_visible_to(staff_actor(organisation))) == [objection]
    assert list(objections_visible_to(staff_actor(organisation, person=person))) == []
    assert objections_visible_to(staff_actor(make_organisation(), Role.SUPERVISOR)).count() == 2
    assert list(objections_visible_to(ANONYMOUS)) == []


def test_only_supervision_sees_who_objected_online(now):
    publicity = make_publicity(now)
    clerk = staff_actor(publicity.organisation)
    online = make_objection(publicity, now)
    letter = make_objection(publicity, now, channel=Channel.LETTER, actor=clerk)

    assert not access.can_see_objector(clerk, online)
    assert access.can_see_objector(clerk, letter)
    assert access.can_see_objector(staff_actor(make_organisation(), Role.SUPERVISOR), online)


def test_time_closes_what_is_over(now):
    publicity = make_publicity(now)

    close_due(end_of(publicity.ends_on) - timedelta(seconds=1))
    publicity.refresh_from_db()
    assert publicity.state == "open"
    close_due(end_of(publicity.ends_on))
    publicity.refresh_from_db()
    assert publicity.state == "clean"


def test_sheets_are_printed_once(now, settings, tmp_path):
    from zhiping.documents.sheets import read_sheet

    settings.MEDIA_ROOT = tmp_path
    publicity = make_publicity(now, names=("申报人𠮷", "申报人乙"))
    print_sheets(publicity_id=publicity.pk)
    publicity.refresh_from_db()
    first = publicity.sheet_pdf.name
    print_sheets(publicity_id=publicity.pk)
    publicity.refresh_from_db()

    assert publicity.sheet_pdf.name == first
    with publicity.sheet_pdf.open() as pdf, publicity.sheet_xlsx.open() as excel:
        assert pdf.read(4) == b"%PDF"
        table = read_sheet(excel.read())
    assert [row[0] for row in table.rows] == ["申报人𠮷", "申报人乙"]
