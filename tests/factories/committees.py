"""A committee with members and cases that have come as far as the committee office."""

from datetime import date, datetime, timedelta
from itertools import count

from tests.factories.people import make_organisation, make_person, staff_actor
from zhiping.applications.models import Application
from zhiping.applications.states import ApplicationState
from zhiping.committees.models import Committee, Meeting, Member
from zhiping.committees.operations import filing, meeting
from zhiping.committees.states import Position
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.models import Plan, PlanTitle
from zhiping.policies.models import PackVersion

SERIES, LEVEL = "工艺美术", "intermediate"
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
        self.plan = make_plan(self.office, now)

    def committee(self, size: int = 9) -> Committee:
        found = filing.found_committee(
            name=f"示范评委会{next(_numbers)}", series=SERIES, level=LEVEL, actor=self.clerk, now=self.now
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
        """A planned meeting with ready cases on its agenda."""
        planned = meeting.plan_meeting(
            committee=self.filed_committee(size),
            plan=self.plan,
            held_on=self.now.date() + timedelta(days=10),
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


def make_plan(office: Organisation, now: datetime) -> Plan:
    pack = PackVersion.objects.create(
        slug=f"example-{next(_numbers)}",
        number=1,
        name="示范规则包",
        text="{}",
        checksum="0" * 64,
        created_at=now,
    )
    plan = Plan.objects.create(
        slug=f"plan-{next(_numbers)}",
        name="示范计划",
        year=2026,
        series=SERIES,
        title="工艺美术师",
        level=LEVEL,
        region=office.region,
        office=office,
        pack_version=pack,
        created_at=now,
    )
    PlanTitle.objects.create(
        plan=plan, key="intermediate", name="工艺美术师", level=LEVEL, result="title", position=1
    )
    return plan


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
    photo = StoredFile.objects.create(
        owner=person,
        sha256=f"{number:064x}",
        media_type="image/jpeg",
        size=40_000,
        name="照片.jpg",
        uploaded_at=plan.created_at,
    )
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


def expert_actor(member: Member) -> Actor:
    """The member acting as expert, in the committee's office as body."""
    return staff_actor(member.committee.office, Role.COMMITTEE_MEMBER, person=member.person)
