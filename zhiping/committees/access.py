"""Who may do what around a committee. Every check compares bodies and persons, never accounts."""

from zhiping.applications.models import Application
from zhiping.committees.models import Case, Committee, Meeting, Round
from zhiping.kernel.actor import Actor, Role


def can_manage_committee(actor: Actor, committee: Committee) -> bool:
    """Its own office builds a committee and proposes its filing."""
    return actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == committee.office_id


def can_file_committee(actor: Actor, committee: Committee) -> bool:
    """Filing is approved by the human-resources authority of the office's city or province, never by the office."""
    within = {Role.CITY_HR: 4, Role.PROVINCIAL_HR: 2}.get(actor.role)
    if within is None or actor.organisation_id == committee.office_id:
        return False
    return bool(committee.office.region_id[:within] == actor.region_code[:within])


def can_run_meeting(actor: Actor, meeting: Meeting) -> bool:
    return can_manage_committee(actor, meeting.committee)


def can_run_round(actor: Actor, round_: Round) -> bool:
    return can_run_meeting(actor, round_.meeting)


def can_process(actor: Actor, application: Application) -> bool:
    """The plan's committee office, for every application but the clerk's own."""
    return (
        actor.has_role(Role.COMMITTEE_OFFICE)
        and actor.organisation_id == application.plan.office_id
        and actor.person_id != application.person_id
    )


def can_read_case(actor: Actor, case: Case, *, seated: bool, recused: bool) -> bool:
    """A member reads a case who is seated at its meeting, did not recuse and is not the applicant (art. 25)."""
    return (
        actor.has_role(Role.COMMITTEE_MEMBER)
        and seated
        and not recused
        and actor.person_id != case.application.person_id
    )
