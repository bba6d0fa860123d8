"""The administrator's pages: bodies, staff, one-time links, suspension (R-005, R-022, R-031)."""

import re

import pytest

from tests.factories.employers import hr_staff, submitted
from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    make_region,
    make_user,
    resident_number,
    sign_in,
    staff_actor,
)
from zhiping.identity.models import User
from zhiping.kernel.actor import Role
from zhiping.organisations.models import Membership, Organisation
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
STAFF = {
    "name": "干部甲",
    "document_kind": "resident",
    "document_number": resident_number(11),
    "phone": "13800001234",
    "sex": "",
    "born_on": "",
    "username": "ganbu_01",
    "role": "county_hr",
}


@pytest.fixture
def admin(client):
    actor = staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)
    sign_in(client, actor)
    return actor


def text(response) -> str:
    return response.content.decode()


@pytest.mark.usefixtures("admin")
def test_a_body_is_entered_and_staffed_without_default_password(client):
    make_region("330106")
    client.post(
        "/operator/accounts/bodies/new/",
        {
            "name": "西湖区人力社保局",
            "kind": "hr_authority",
            "region": "330106",
            "parent": "",
            "credit_code": "",
        },
    )
    body = Organisation.objects.get(name="西湖区人力社保局")
    assert body.state == "authorised"

    shown = text(client.post(f"/operator/accounts/bodies/{body.pk}/staff/", STAFF))

    assert re.search(r"/accounts/first-password/\w+/[\w-]+/", shown)
    user = User.objects.get(username="ganbu_01")
    assert not user.has_usable_password()
    assert Membership.objects.get(user=user, organisation=body).role == Role.COUNTY_HR


@pytest.mark.usefixtures("admin")
def test_somebody_with_an_account_only_gets_the_role(client):
    user = make_user(make_person("干部甲", document_number=STAFF["document_number"]), username="old_01")
    user.set_password("x")
    user.save()
    body = make_organisation(kind=OrganisationKind.HR_AUTHORITY)

    done = client.post(f"/operator/accounts/bodies/{body.pk}/staff/", STAFF)

    assert done.url == f"/operator/accounts/bodies/{body.pk}/"
    assert Membership.objects.filter(user=user, organisation=body).exists()
    assert not User.objects.filter(username="ganbu_01").exists()


@pytest.mark.usefixtures("admin")
def test_employers_are_neither_entered_nor_staffed_from_here(client):
    employer = make_organisation()
    given = {"name": "某公司", "kind": "enterprise", "region": "330106", "parent": "", "credit_code": ""}

    assert "有错误：" in text(client.post("/operator/accounts/bodies/new/", given))
    assert client.get(f"/operator/accounts/bodies/{employer.pk}/staff/").status_code == 403


@pytest.mark.usefixtures("admin")
def test_a_wrong_staff_form_keeps_nothing(client):
    body = make_organisation(kind=OrganisationKind.HR_AUTHORITY)

    shown = client.post(f"/operator/accounts/bodies/{body.pk}/staff/", {**STAFF, "phone": "1"})

    assert "11 位" in text(shown)
    assert not User.objects.filter(username="ganbu_01").exists()
    assert not Membership.objects.filter(organisation=body).exists()


@pytest.mark.usefixtures("admin")
def test_an_account_is_suspended_and_restored_with_a_reason(client):
    user = make_user(username="jia_01")
    url = f"/operator/accounts/people/{user.pk}/"

    assert "请填写原因" in text(client.post(url, {"reason": ""}))
    client.post(url, {"reason": "离职"})
    user.refresh_from_db()
    assert not user.is_active
    client.post(url, {"reason": "返岗"})
    user.refresh_from_db()
    assert user.is_active


@pytest.mark.usefixtures("admin")
def test_a_body_is_suspended_and_restored_and_a_role_ended(client):
    membership = make_membership(
        organisation=make_organisation(kind=OrganisationKind.HR_AUTHORITY), role=Role.COUNTY_HR
    )
    body = membership.organisation
    url = f"/operator/accounts/bodies/{body.pk}/"

    client.post(url, {"reason": "撤并", "version": body.version})
    body.refresh_from_db()
    assert body.state == "suspended"
    client.post(url, {"reason": "更正", "version": body.version})
    body.refresh_from_db()
    assert body.state == "authorised"
    client.post(f"/operator/accounts/roles/{membership.pk}/end/", {"reason": "调岗"})
    membership.refresh_from_db()
    assert not membership.is_active


def test_the_administrator_reads_no_letters_and_no_full_numbers(client, admin, now):
    hr_staff()
    organisation, clerk = submitted(now)
    user = User.objects.select_related("person").get(pk=clerk.user_id)

    shown = text(client.get(f"/operator/accounts/people/{user.pk}/"))

    assert user.person.document_number not in shown
    assert user.person.phone not in shown
    letter = organisation.letters.get()
    for url in (f"/authority/employers/letters/{letter.pk}/", f"/employer/registration/letters/{letter.pk}/"):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "",
        "bodies/new/",
        "bodies/1/",
        "bodies/1/staff/",
        "roles/1/end/",
        "people/",
        "people/1/",
        "people/1/link/",
    ],
)
def test_nobody_else_opens_these_pages(client, path):
    make_membership()
    for actor in (
        applicant_actor(make_person()),
        staff_actor(make_organisation()),
        hr_staff(),
    ):
        sign_in(client, actor)
        assert client.get(f"/operator/accounts/{path}").status_code == 403
        Organisation.objects.filter(kind="hr_authority").update(name=f"局{actor.user_id}")


@pytest.mark.usefixtures("admin")
def test_search_finds_by_whole_number_and_lists_cost_the_same(client, django_assert_max_num_queries):
    wanted = make_user(name="要找的人")
    for _ in range(15):
        make_membership()
    found = text(client.get("/operator/accounts/people/", {"q": wanted.person.document_number}))
    assert "要找的人" in found
    assert found.count("/operator/accounts/people/") < 6
    for url in ("/operator/accounts/", "/operator/accounts/people/"):
        with django_assert_max_num_queries(6):
            client.get(url)
    with django_assert_max_num_queries(8):
        client.get(f"/operator/accounts/bodies/{Organisation.objects.latest('pk').pk}/")
    with django_assert_max_num_queries(8):
        client.get(f"/operator/accounts/people/{wanted.pk}/")
