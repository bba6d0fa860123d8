"""Several clerks for an employer, handing over, allocated roles (R-003, R-031, R-035)."""

import pytest

from tests.factories.employers import CODE, registered
from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    make_user,
    staff_actor,
)
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.models import ClerkRequest, Membership
from zhiping.organisations.operations import administering, staffing
from zhiping.organisations.queries import choices_of, memberships_visible_to, requests_visible_to
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


def invite(organisation, user, actor, now, name=None):
    return staffing.invite_clerk(
        organisation=organisation,
        username=user.username,
        name=name or user.person.name,
        role=Role.EMPLOYER_CLERK,
        actor=actor,
        now=now,
    )


def administrator():
    return staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)


def test_an_invited_person_acts_for_the_employer_after_accepting(now):
    organisation, clerk = registered(now)
    user = make_user(name="经办人乙")

    request = invite(organisation, user, clerk, now)
    assert not choices_of(user.pk, today=now.date()).exists()
    staffing.answer_request(request=request, accept=True, actor=applicant_actor(user.person), now=now)

    assert [each.organisation for each in choices_of(user.pk, today=now.date())] == [organisation]


def test_an_invitation_needs_user_name_and_name_and_tells_nothing_else(now):
    organisation, clerk = registered(now)
    user = make_user(name="经办人乙")

    with pytest.raises(Refused, match="都相符"):
        invite(organisation, user, clerk, now, name="经办人丙")
    invite(organisation, user, clerk, now)
    with pytest.raises(Refused, match="不用重复"):
        invite(organisation, user, clerk, now)


def test_only_the_invited_accept_and_only_staff_confirm_a_wish(now):
    organisation, clerk = registered(now)
    user = make_user(name="经办人乙")
    own = applicant_actor(user.person)
    other = staff_actor(make_organisation("别家单位"))

    invitation = invite(organisation, user, clerk, now)
    for actor in (clerk, other):
        with pytest.raises(Forbidden):
            staffing.answer_request(request=invitation, accept=True, actor=actor, now=now)
    staffing.answer_request(request=invitation, accept=False, actor=own, now=now)

    wish = staffing.ask_to_join(credit_code=CODE, role=Role.EMPLOYER_CLERK, actor=own, now=now)
    for actor in (own, other):
        with pytest.raises(Forbidden):
            staffing.answer_request(request=wish, accept=True, actor=actor, now=now)
    staffing.answer_request(request=wish, accept=True, actor=clerk, now=now)

    assert Membership.objects.filter(user=user, is_active=True).count() == 1
    assert Message.objects.filter(person=user.person, key="clerk_request.answered").count() == 1


def test_requests_and_staff_of_another_employer_are_not_seen(now):
    organisation, clerk = registered(now)
    user = make_user(name="经办人乙")
    invite(organisation, user, clerk, now)
    other = staff_actor(make_organisation("别家单位"))

    assert requests_visible_to(clerk).count() == 1
    assert requests_visible_to(applicant_actor(user.person)).count() == 1
    assert not requests_visible_to(other).exists()
    assert {each.organisation_id for each in memberships_visible_to(other)} == {other.organisation_id}


def test_the_last_clerk_hands_over_before_leaving(now):
    organisation, clerk = registered(now)
    own = Membership.objects.get(user_id=clerk.user_id)

    with pytest.raises(Refused, match="最后一位"):
        staffing.end_membership(membership=own, reason="调离", actor=clerk, now=now)
    outsider = make_membership(role=Role.EMPLOYER_CLERK)
    with pytest.raises(Refused, match="本单位另一位"):
        staffing.hand_over(membership=own, successor=outsider, actor=clerk, now=now)
    successor = make_membership(make_user(name="经办人乙"), organisation)
    staffing.hand_over(membership=own, successor=successor, actor=clerk, now=now)

    own.refresh_from_db()
    assert (own.is_active, own.until) == (False, now.date())
    assert LogEntry.objects.get(verb="membership.end").note == "交接给经办人乙"


def test_nobody_ends_the_membership_of_another_employers_clerk(now):
    victim = make_membership()
    make_membership(organisation=victim.organisation)

    with pytest.raises(Forbidden):
        staffing.end_membership(
            membership=victim, reason="恶意", actor=staff_actor(make_organisation()), now=now
        )


def test_departments_get_roles_from_the_administrator_and_employers_do_not(now):
    """R-031: only the administrator; the role follows from the body's kind and level."""
    admin, user = administrator(), make_user(name="干部甲")
    county = make_organisation(kind=OrganisationKind.HR_AUTHORITY)

    for _ in range(2):
        staffing.grant_role(user=user, organisation=county, role=Role.CITY_HR, actor=admin, now=now)
    assert Membership.objects.get(user=user).role == Role.COUNTY_HR
    assert LogEntry.objects.filter(verb="membership.grant").count() == 1
    with pytest.raises(Refused, match="由单位自己邀请"):
        staffing.grant_role(
            user=user, organisation=make_organisation(), role=Role.EMPLOYER_CLERK, actor=admin, now=now
        )
    with pytest.raises(Forbidden):
        staffing.grant_role(
            user=user,
            organisation=county,
            role=Role.COUNTY_HR,
            actor=staff_actor(county, Role.COUNTY_HR),
            now=now,
        )


def test_a_role_is_chosen_only_by_its_holder_and_logged(now):
    membership = make_membership()
    user = make_user()
    own = applicant_actor(user.person)

    with pytest.raises(Forbidden):
        staffing.choose_role(user=user, membership=membership, actor=own, now=now)
    staffing.choose_role(user=user, membership=None, actor=own, now=now)

    assert LogEntry.objects.get(verb="role.choose").details == {"role": "applicant"}


def test_a_suspended_body_and_an_ended_membership_cannot_be_acted_for(now):
    admin, membership = administrator(), make_membership()
    ended = make_membership(membership.user, role=Role.EMPLOYER_HEAD, is_active=False)
    today = now.date()
    assert list(choices_of(membership.user_id, today=today)) == [membership]

    administering.suspend_body(
        organisation=membership.organisation, reason="注销", version=None, actor=admin, now=now
    )

    assert not choices_of(membership.user_id, today=today).exists()
    assert not ended.is_active
    administering.restore_body(
        organisation=membership.organisation, reason="更正", version=None, actor=admin, now=now
    )
    assert choices_of(membership.user_id, today=today).exists()


def test_an_agency_has_its_own_role_and_a_second_wish_is_refused(now):
    """R-017."""
    agency = make_organisation(
        kind=OrganisationKind.PERSONNEL_AGENCY, credit_code=CODE, name="示范人才服务中心"
    )
    person = applicant_actor(make_person())

    request = staffing.ask_to_join(credit_code=CODE, role=Role.EMPLOYER_CLERK, actor=person, now=now)

    assert (request.organisation, request.role) == (agency, Role.AGENCY_CLERK)
    with pytest.raises(Refused, match="不用重复"):
        staffing.ask_to_join(credit_code=CODE, role=Role.EMPLOYER_CLERK, actor=person, now=now)
    assert ClerkRequest.objects.count() == 1
