"""An employer's dashboard of all its people's cases, and reminders (issue 3 §7, R-350)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.applications import make_draft, make_technician, make_world, submitted
from tests.factories.copies import Case
from tests.factories.people import applicant_actor, make_organisation, sign_in, staff_actor
from zhiping.applications.operations import remind_unfinished
from zhiping.applications.queries.staff import cases_of_staff, unfinished_by_plan, unfinished_of
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db
LIST = 6
URL = "/employer/applications/staff/"


@pytest.fixture
def world(now, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    at(now)
    return make_world(now)


def reminders(person):
    return Message.objects.filter(person=person, key="application.reminded").count()


def test_the_employer_sees_submitted_cases_by_name_and_drafts_by_number(client, now, world):
    """R-350: who has the case and until when; a draft belongs to its person."""
    submitted(now, world, "申报人甲")
    make_draft(now, world, "申报人丙")
    sign_in(client, world.clerk)
    page = client.get(URL).content.decode()

    assert "申报人甲" in page
    assert "申报人丙" not in page
    assert [(each.drafts, each.returned) for each in unfinished_by_plan(world.clerk)] == [(1, 0)]


def test_those_who_have_not_finished_are_reminded_once_a_day(client, now, world):
    """Repeated and by a colleague: one message; the one who submitted gets none; it is in the log."""
    done, draft = submitted(now, world, "申报人甲"), make_draft(now, world, "申报人丙")
    sign_in(client, world.clerk)
    for _ in range(2):
        assert client.post(f"{URL}remind/").status_code == 302
    remind_unfinished(actor=world.clerk, now=now)

    assert (reminders(draft.person), reminders(done.person)) == (1, 0)
    entry = LogEntry.objects.filter(verb="employer.remind").first()
    assert entry.details == {"people": 1}


def test_other_employers_see_and_remind_nobody(now, world):
    """A draft of somebody else's person is neither counted nor reminded."""
    submitted(now, world, "申报人甲")
    draft = make_draft(now, world, "申报人丙")
    stranger = staff_actor(make_organisation())

    assert not cases_of_staff(stranger).exists()
    assert not unfinished_of(stranger).exists()
    with pytest.raises(Refused, match="没有需要提醒的人"):
        remind_unfinished(actor=stranger, now=now)
    with pytest.raises(Forbidden):
        remind_unfinished(actor=applicant_actor(draft.person), now=now)
    with pytest.raises(Forbidden):
        remind_unfinished(actor=world.county_officer, now=now)
    assert reminders(draft.person) == 0


def test_a_clerk_is_not_reminded_of_the_own_draft(now, world):
    person = make_technician(world.employer, "申报人丁")
    make_draft(now, world, person=person)

    assert not unfinished_of(staff_actor(world.employer, person=person)).exists()
    assert unfinished_of(world.clerk).count() == 1


def test_the_list_asks_the_same_for_many(client, now, world):
    case = submitted(now, world, "申报人甲")
    sign_in(client, world.clerk)

    def asked():
        with CaptureQueriesContext(connection) as context:
            assert client.get(URL).status_code == 200
        return len(context)

    first = asked()
    Case.of(case.person).copy(25)
    assert asked() == first <= LIST
