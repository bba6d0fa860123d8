"""From registration to the day on which staff can choose the employer (R-028 … R-030, R-363)."""

from datetime import date

import pytest

from tests.factories.employers import CODE, hr_staff, make_file, registered, submitted
from tests.factories.people import applicant_actor, make_membership, make_organisation, make_person
from zhiping.achievements.operations.profiles import authorised_employers
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.models import AuthorisationLetter, Membership, Organisation, Region
from zhiping.organisations.operations import registering
from zhiping.organisations.queries import letters_visible_to, visible_to

pytestmark = pytest.mark.django_db


def test_an_employer_can_be_chosen_only_after_its_letter_is_approved(now):
    """R-028, R-029: registered → submitted → authorised; before that the search finds nothing."""
    officer = hr_staff()
    organisation, clerk = submitted(now)
    assert organisation.state == "authorisation_submitted"
    assert not authorised_employers().exists()

    registering.approve_letter(
        organisation=organisation, version=organisation.version, actor=officer, now=now
    )

    assert list(authorised_employers()) == [organisation]
    told = Message.objects.filter(person_id=clerk.person_id, key="organisation.letter_approved")
    assert told.count() == 1
    assert AuthorisationLetter.objects.get().decided_by_id == officer.person_id


def test_a_returned_letter_tells_the_handler_why_and_comes_again(now):
    officer = hr_staff()
    organisation, clerk = submitted(now)

    registering.return_letter(
        organisation=organisation, reason="没有公章。请盖章后重传。", version=None, actor=officer, now=now
    )

    messages = Message.objects.filter(person_id=clerk.person_id)
    assert [message.key for message in messages] == ["organisation.letter_returned"]
    assert "没有公章" in messages[0].body
    assert not authorised_employers().exists()
    registering.submit_letter(
        organisation=organisation, file=make_file(clerk), valid_until=date(2027, 1, 1), actor=clerk, now=now
    )
    assert AuthorisationLetter.objects.count() == 2


def test_a_return_needs_a_reason(now):
    officer = hr_staff()
    organisation, _ = submitted(now)

    with pytest.raises(Refused, match="退回原因"):
        registering.return_letter(organisation=organisation, reason=" ", version=None, actor=officer, now=now)

    organisation.refresh_from_db()
    assert organisation.state == "authorisation_submitted"


def test_no_step_is_skipped_or_done_twice(now):
    officer = hr_staff()
    organisation, clerk = registered(now)

    with pytest.raises(Refused, match="不能通过授权"):
        registering.approve_letter(organisation=organisation, version=None, actor=officer, now=now)
    registering.submit_letter(
        organisation=organisation, file=make_file(clerk), valid_until=date(2027, 1, 1), actor=clerk, now=now
    )
    with pytest.raises(Refused, match="授权委托证明待审核"):
        registering.submit_letter(
            organisation=organisation,
            file=make_file(clerk),
            valid_until=date(2027, 1, 1),
            actor=clerk,
            now=now,
        )
    assert AuthorisationLetter.objects.count() == 1


@pytest.mark.parametrize(
    ("region", "role"),
    [("330108", Role.COUNTY_HR), ("330100", Role.CITY_HR), ("330000", Role.PROVINCIAL_HR)],
)
def test_only_the_body_of_the_employers_own_place_decides(now, region, role):
    hr_staff()
    organisation, _ = submitted(now)

    with pytest.raises(Forbidden):
        registering.approve_letter(
            organisation=organisation, version=None, actor=hr_staff(region, role), now=now
        )


def test_nobody_decides_on_the_letter_of_a_body_they_belong_to(now):
    """R-035."""
    officer = hr_staff()
    organisation, _ = submitted(now)
    user = Membership.objects.get(user_id=officer.user_id).user
    make_membership(user, organisation, Role.EMPLOYER_CLERK)

    with pytest.raises(Forbidden):
        registering.approve_letter(organisation=organisation, version=None, actor=officer, now=now)


def test_a_letter_is_refused_where_nobody_could_decide_on_it(now):
    organisation, clerk = registered(now)

    with pytest.raises(Refused, match="还没有开通账号"):
        registering.submit_letter(
            organisation=organisation,
            file=make_file(clerk),
            valid_until=date(2027, 1, 1),
            actor=clerk,
            now=now,
        )


def test_a_handler_without_a_mobile_number_is_refused(now):
    """R-003, R-363: the answer goes to the handler's mobile."""
    hr_staff()
    organisation, clerk = registered(now)
    type(organisation.memberships.get().user.person).objects.filter(pk=clerk.person_id).update(phone="")

    with pytest.raises(Refused, match="手机号"):
        registering.submit_letter(
            organisation=organisation,
            file=make_file(clerk),
            valid_until=date(2027, 1, 1),
            actor=clerk,
            now=now,
        )


def test_registering_again_gives_the_same_and_others_are_sent_to_ask(now):
    organisation, clerk = registered(now)
    particulars = registering.EmployerParticulars(
        name="另一个名称",
        kind="enterprise",
        credit_code=CODE.lower(),
        region=Region.objects.get(pk="330106"),
        legal_person="法人甲",
    )
    own = applicant_actor(make_person("经办人甲"))

    again = registering.register_employer(
        particulars=particulars,
        role=Role.EMPLOYER_CLERK,
        actor=type(own)(
            role=Role.APPLICANT, name=clerk.name, user_id=clerk.user_id, person_id=clerk.person_id
        ),
        now=now,
    )
    assert again.organisation == organisation
    with pytest.raises(Refused, match="申请成为它的经办人"):
        registering.register_employer(particulars=particulars, role=Role.EMPLOYER_CLERK, actor=own, now=now)
    assert Organisation.objects.filter(kind="enterprise").count() == 1


def test_staff_of_bodies_never_register_and_departments_never_register_themselves(now):
    """R-005, R-031: the account of a receiving point is allocated."""
    _, clerk = registered(now)
    person = applicant_actor(make_person())
    for actor, kind in ((clerk, "enterprise"), (person, "acceptance_point")):
        with pytest.raises(Forbidden):
            registering.register_employer(
                particulars=registering.EmployerParticulars(
                    name="受理点",
                    kind=kind,
                    credit_code=CODE,
                    region=Region.objects.first(),
                    legal_person="甲",
                ),
                role=Role.EMPLOYER_CLERK,
                actor=actor,
                now=now,
            )


def test_employers_and_letters_are_seen_within_the_region_only(now):
    near, far = hr_staff(), hr_staff("330108")
    organisation, clerk = submitted(now)
    stranger = make_organisation("别处有限公司", region="330108")

    assert set(visible_to(near)) == {organisation}
    assert set(visible_to(far)) == {stranger}
    assert set(visible_to(clerk)) == {organisation}
    assert set(visible_to(hr_staff("330100", Role.CITY_HR))) == {organisation, stranger}
    assert not visible_to(applicant_actor(make_person())).exists()
    assert letters_visible_to(near).count() == 1
    assert not letters_visible_to(far).exists()
