"""Doors of public pages lead somewhere for whoever is shown them."""

import pytest

from tests.factories.people import make_organisation, sign_in, staff_actor
from tests.factories.plans import open_around
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db


def test_staff_are_not_shown_the_applicants_doors(client, now, at):
    """They would answer 403: staff first have to change their identity."""
    at(now)
    addresses = ["/", f"/plans/{open_around(now).slug}/"]
    assert ['href="/applicant/' in client.get(each).content.decode() for each in addresses] == [True, True]

    sign_in(client, staff_actor(make_organisation(), Role.EMPLOYER_CLERK))

    shown = [client.get(each).content.decode() for each in addresses]
    assert ['href="/applicant/' in each for each in shown] == [False, False]
    assert '<a class="btn btn-l" href="/start/">切换到申报人身份后申报</a>' in shown[1]
