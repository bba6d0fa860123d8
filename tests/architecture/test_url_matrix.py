"""Who may open what: every URL declares its audience, and a visitor outside it is turned away (issue §10)."""

import copy

import pytest
from django.test import Client

from tests.architecture.urls import addresses
from tests.factories.people import make_membership, make_organisation, make_user
from zhiping.kernel.actor import Role
from zhiping.web.acting import MEMBERSHIP_KEY
from zhiping.web.pages import Audience

ALL = addresses()
DECLARED = [each for each in ALL if each.audience is not None]
STAFF_ROLES = [role for role in Role if role not in {Role.ANONYMOUS, Role.APPLICANT, Role.SYSTEM}]


def test_every_url_declares_its_audience():
    """A page author cannot forget the gate: an undeclared view fails here."""
    assert [each.route for each in ALL if each.audience is None] == []


def test_every_url_has_a_name():
    assert [each.route for each in ALL if each.name.endswith("None")] == []


def test_the_first_part_of_a_url_tells_its_audience():
    """One path in five places (architecture §3)."""
    expected = {
        "applicant": Audience.APPLICANT,
        "employer": Audience.EMPLOYER,
        "authority": Audience.AUTHORITY,
        "committee": Audience.COMMITTEE,
        "expert": Audience.EXPERT,
        "supervisor": Audience.SUPERVISOR,
        "operator": Audience.OPERATOR,
        "training": Audience.TRAINING,
    }
    wrong = [
        each.route
        for each in DECLARED
        if (first := each.route.split("/")[0]) in expected
        and not each.audience.value <= expected[first].value
        if not (first == "authority" and each.audience.value <= Audience.STAFF.value)
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    """A signed-in client for each role, made once."""
    with django_db_blocker.unblock():
        found = {Role.ANONYMOUS: Client(raise_request_exception=True)}
        applicant = Client()
        applicant.force_login(make_user(name="矩阵申报人"), backend=BACKEND)
        found[Role.APPLICANT] = applicant
        for role in STAFF_ROLES:
            client = Client()
            membership = make_membership(
                make_user(name=f"矩阵{role.value}"), make_organisation(f"矩阵{role.value}单位"), role
            )
            client.force_login(membership.user, backend=BACKEND)
            session = client.session
            session[MEMBERSHIP_KEY] = membership.pk
            session.save()
            found[role] = client
        yield found
        clean_up()


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def clean_up() -> None:
    from zhiping.identity.models import Person, User
    from zhiping.organisations.models import Membership, Organisation

    Membership.objects.filter(user__person__name__startswith="矩阵").delete()
    User.objects.filter(person__name__startswith="矩阵").delete()
    Person.objects.filter(name__startswith="矩阵").delete()
    Organisation.objects.filter(name__startswith="矩阵").delete()


@pytest.mark.django_db
@pytest.mark.parametrize("address", DECLARED, ids=lambda each: each.route or "/")
def test_only_the_audience_gets_past_the_door(address, visitors):
    """Each role on each URL: outside the audience 403 (or the sign-in page), inside anything but 403 and 5xx."""
    method = "get" if "GET" in address.view.methods else "post"
    for role, client in visitors.items():
        cookies = copy.deepcopy(client.cookies)  # a page may sign its visitor out
        status = getattr(client, method)(address.sample).status_code
        client.cookies = cookies
        if address.audience is Audience.MACHINE:
            assert status in {400, 401}, (role, status)  # no session opens it, only a token of a client
        elif role in address.audience.value:
            assert status < 500, (role, status)
        elif role is Role.ANONYMOUS:
            assert status == 302, (role, status)
        else:
            assert status == 403, (role, status)
