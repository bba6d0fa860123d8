"""A committee with members and cases that have come as far as the committee office."""

import hashlib
import io
from datetime import date, datetime, timedelta
from itertools import count

from PIL import Image

from tests.factories.people import LONG_AGO, make_organisation, make_person, staff_actor
from tests.factories.plans import make_plan
from zhiping.applications.models import Application
from zhiping.applications.states import ApplicationState
from zhiping.committees.models import Committee, Meeting, Member
from zhiping.committees.operations import filing, meeting
from zhiping.committees.states import Position
from zhiping.files.models import StoredFile
from zhiping.files.queries import path_of
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.models import Plan

_numbers = count(1)


class World:
    """One office with its clerk, the city's HR clerk, a plan, and `now`; made whole, nothing lazily."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.office = make_organisation(
            "示范评委会办公室", kind=OrganisationKind.COMMITTEE_OFFICE, region="330100"
        )
        self.city_hr = make_organisation(
            "示范市人力社保局", kind=OrganisationKind.HR_AUTHORITY, region="330100"
        )
        self.clerk = staff_actor(self.office, Role.COMMITTEE_OFFICE)
        self.official = staff_actor(self.city_hr, Role.CITY_HR)
        self.plan = make_plan(office=self.office)
        self.series, self.level = self.plan.series, self.plan.level

    def committee(self, size: int = 9) -> Committee:
        found = filing.found_committee(
            name=f"示范评委会{next(_numbers)}",
            series=self.series,
            level=self.level,
            actor=self.clerk,
            now=self.now,
        )
        for number in range(size):
            self.seat(found, Position.CHAIR if number == 0 else Position.MEMBER)
        return found

    def seat(self, committee: Committee, position: str = Position.MEMBER, **fields) -> Member:
        values = {
            "person": make_person(f"专家{next(_numbers)}"),
            "title": "正高级工艺美术师",
            "employer": None,
            "term_from": self.now.date() - timedelta(days=30),
            "term_until": self.now.date() + timedelta(days=700),
            **fields,
        }
        return filing.seat_member(
            committee=committee, position=position, actor=self.clerk, now=self.now, **values
        )

    def filed_committee(self, size: int = 9) -> Committee:
        committee = self.committee(size)
        filing.file_committee(
            committee=committee,
            filing_number="示范备〔2026〕1号",
            valid_until=date(2028, 12, 31),
            actor=self.official,
            now=self.now,
        )
        return committee

    def meeting(self, cases: int = 2, size: int = 9, employer: Organisation | None = None) -> Meeting:
        """A meeting planned for today with ready cases on its agenda."""
        planned = meeting.plan_meeting(
            committee=self.filed_committee(size),
            plan=self.plan,
            held_on=beijing_day(self.now),
            place="第一会议室",
            actor=self.clerk,
            now=self.now,
        )
        ready = [make_application(self.plan, employer=employer) for _ in range(cases)]
        meeting.add_cases(meeting=planned, applications=ready, actor=self.clerk, now=self.now)
        return planned

    def session(self, *, absent: int = 0, **fields) -> Meeting:
        """A meeting in session; the last `absent` members of the roll are away."""
        opened = self.meeting(**fields)
        meeting.start_roll_call(meeting=opened, actor=self.clerk, now=self.now)
        seats = [seat.pk for seat in opened.seats.all()]
        present = set(seats[: len(seats) - absent])
        meeting.call_roll(meeting=opened, present=present, actor=self.clerk, now=self.now)
        meeting.open_session(meeting=opened, actor=self.clerk, now=self.now)
        return opened


def make_application(
    plan: Plan,
    *,
    state: str = ApplicationState.READY,
    person: Person | None = None,
    employer: Organisation | None = None,
) -> Application:
    """A submitted application in the given state, pinned as the database demands."""
    person = person or make_person(f"申报人{next(_numbers)}")
    number = next(_numbers)
    photo = make_photo(person)
    return Application.objects.create(
        person=person,
        plan=plan,
        title=plan.titles.first(),
        state=state,
        number=f"SB{number:08d}",
        pathway="normal",
        pathway_name="正常申报",
        specialty="陶瓷艺术",
        employer=employer or make_organisation(),
        pack_version=plan.pack_version,
        photo=photo,
        created_at=plan.created_at,
        submitted_at=plan.created_at,
    )


def make_photo(person: Person) -> StoredFile:
    """A white picture of a permitted size, really on disk."""
    buffer = io.BytesIO()
    Image.new("RGB", (300, 420), "white").save(buffer, "JPEG", comment=str(person.pk).encode())
    content = buffer.getvalue()
    stored = StoredFile.objects.create(
        owner=person,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="image/jpeg",
        size=len(content),
        name="照片.jpg",
        uploaded_at=LONG_AGO,
    )
    path_of(stored).parent.mkdir(parents=True, exist_ok=True)
    path_of(stored).write_bytes(content)
    return stored


def expert_actor(member: Member) -> Actor:
    """The member acting as expert, in the committee's office as body."""
    return staff_actor(member.committee.office, Role.COMMITTEE_MEMBER, person=member.person)
