"""Recusals that follow from what the register knows (art. 25); members declare the others themselves."""

from zhiping.applications.models import Application
from zhiping.committees.models import Member


def automatic_reason(member: Member, application: Application) -> str:
    """Why `member` must recuse from `application`, or "" if nothing in the register says so."""
    if member.person_id == application.person_id:
        return "申报人本人"
    if member.employer_id is not None and member.employer_id == application.employer_id:
        return "与申报人同一单位"
    return ""
