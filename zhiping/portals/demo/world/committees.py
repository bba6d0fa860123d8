"""Filed committees for this year's plans, with experts who are applicants nowhere."""

from datetime import date, datetime

from zhiping.committees.models import Committee
from zhiping.committees.operations.filing import file_committee, found_committee, seat_member
from zhiping.committees.states import Position
from zhiping.kernel.actor import Role
from zhiping.portals.demo.world.bodies import make_person, make_staff, said, staff

TERM = (date(2025, 6, 1), date(2028, 5, 31))


def make_committees(now: datetime) -> None:
    """Each committee of committees.yaml: experts seated by the office, filing approved by the HR authority."""
    for each in said("committees.yaml"):
        if Committee.objects.filter(name=each["name"]).exists():
            continue
        office = staff(each["office"])
        committee = found_committee(
            name=each["name"], series=each["series"], level=each["level"], actor=office, now=now
        )
        for number in range(1, each["experts"] + 1):
            name = f"{each['short']}专家{number}"
            if number <= each["logins"]:
                login = f"{each['experts_login']}-{number}"
                person = make_staff(committee.office, login, Role.COMMITTEE_MEMBER, name, now).person
            else:
                person = make_person(name, now)
            seat_member(
                committee=committee,
                person=person,
                position=Position.CHAIR if number == 1 else Position.MEMBER,
                title=each["title"],
                employer=None,
                term_from=TERM[0],
                term_until=TERM[1],
                actor=office,
                now=now,
            )
        file_committee(
            committee=committee,
            filing_number=each["filing_number"],
            valid_until=TERM[1],
            actor=staff(each["filed_by"]),
            now=now,
        )
