"""The employer and the place by whose tables a person's hours count."""

from zhiping.achievements.models import Profile
from zhiping.kernel.actor import Actor
from zhiping.organisations.models import Organisation

PROVINCE = "330000"


def employer_of(actor: Actor) -> Organisation | None:
    """The current employer, with the body above it."""
    profile = Profile.objects.select_related("employer__parent").filter(person_id=actor.person_id).first()
    return profile.employer if profile else None


def region_of(actor: Actor) -> str:
    """Where the employer lies; the province as long as there is none."""
    employer = employer_of(actor)
    return employer.region_id if employer else PROVINCE
