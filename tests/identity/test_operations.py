"""Opening accounts: one person per document, rare characters survive or are refused loudly (R-026, R-031)."""

import pytest

from tests.factories.people import (
    applicant_actor,
    make_organisation,
    make_person,
    make_user,
    resident_number,
    staff_actor,
)
from zhiping.auditlog.models import LogEntry
from zhiping.identity import operations
from zhiping.identity.models import Person, User
from zhiping.identity.queries import search, visible_to
from zhiping.kernel.actor import ANONYMOUS, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
NUMBER = resident_number(7)


def particulars(**fields):
    given = {
        "name": "申报人𠮷",
        "document_kind": "resident",
        "document_number": NUMBER,
        "phone": "138 0000 1234",
    }
    return operations.Particulars(**{**given, **fields})


def register(now, *, username="shenbao_01", actor=ANONYMOUS, **fields):
    return operations.register_person(
        particulars=particulars(**fields), username=username, password="long-enough-1", actor=actor, now=now
    )


def administrator():
    return staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)


def test_registering_makes_person_and_account_and_reads_the_number(now):
    user = register(now)

    assert user.check_password("long-enough-1")
    assert (user.person.name, user.person.phone) == ("申报人𠮷", "13800001234")
    assert (user.person.born_on.isoformat(), user.person.sex) == ("1985-06-01", "male")
    entry = LogEntry.objects.latest("sequence")
    assert (entry.verb, entry.subject_key) == ("person.register", str(user.person_id))
    assert NUMBER not in str(entry.details) + entry.note


def test_a_document_is_registered_once_however_it_is_typed(now):
    register(now)

    with pytest.raises(Refused, match="一个证件只能有一个账号") as refusal:
        register(now, username="other_01", document_number=f" {NUMBER[:6]} {NUMBER[6:].lower()}")

    assert refusal.value.field == "document_number"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"document_number": NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")}, "document_number", "校验位"),
        ({"phone": "12345"}, "phone", "11 位"),
        ({"name": "申报人\U0003347b"}, "name", "无法打印"),
        ({"name": "申报人1"}, "name", "不能有“1”"),
        ({"username": "1a"}, "username", "4 至 30 位"),
        ({"document_kind": "passport", "document_number": "E12345678"}, "born_on", "出生日期和性别"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(now, fields, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        register(now, **fields)

    assert refusal.value.field == field
    assert (Person.objects.count(), User.objects.count()) == (0, 0)


def test_a_user_name_that_is_taken_is_refused_in_any_case(now):
    make_user(username="shenbao_01")

    with pytest.raises(Refused, match="已有人使用"):
        register(now, username="Shenbao_01")

    assert not Person.objects.filter(name="申报人𠮷").exists()


def test_somebody_signed_in_cannot_register_again(now):
    with pytest.raises(Forbidden):
        register(now, actor=applicant_actor(make_person()))


def test_the_administrator_opens_an_account_without_password(now):
    user = operations.open_account(
        particulars=particulars(), username="staff_01", actor=administrator(), now=now
    )

    assert not user.has_usable_password()


def test_a_person_who_is_registered_keeps_the_one_account(now):
    first = register(now)
    again = operations.open_account(
        particulars=particulars(), username="staff_01", actor=administrator(), now=now
    )
    with pytest.raises(Refused, match="另一个姓名"):
        operations.open_account(
            particulars=particulars(name="别人"), username="staff_02", actor=administrator(), now=now
        )

    assert again == first


def test_only_the_administrator_opens_suspends_and_renews(now):
    clerk, user = staff_actor(make_organisation()), make_user()

    with pytest.raises(Forbidden):
        operations.open_account(particulars=particulars(), username="staff_01", actor=clerk, now=now)
    with pytest.raises(Forbidden):
        operations.suspend_account(user=user, reason="离职", actor=clerk, now=now)
    with pytest.raises(Forbidden):
        operations.renew_access(user=user, actor=clerk, now=now)

    user.refresh_from_db()
    assert user.is_active


def test_suspending_needs_a_reason_and_never_hits_oneself(now):
    admin, user = administrator(), make_user()

    with pytest.raises(Refused, match="原因"):
        operations.suspend_account(user=user, reason=" ", actor=admin, now=now)
    with pytest.raises(Refused, match="自己"):
        operations.suspend_account(
            user=User.objects.get(pk=admin.user_id), reason="误操作", actor=admin, now=now
        )
    operations.suspend_account(user=user, reason="离职", actor=admin, now=now)
    operations.suspend_account(user=user, reason="离职", actor=admin, now=now)

    assert LogEntry.objects.filter(verb="account.suspend").count() == 1


def test_only_the_person_changes_the_phone(now):
    person = make_person()
    operations.change_phone(person=person, phone="13900005678", actor=applicant_actor(person), now=now)

    with pytest.raises(Forbidden):
        operations.change_phone(
            person=person, phone="13700000000", actor=applicant_actor(make_person()), now=now
        )
    person.refresh_from_db()
    assert person.phone == "13900005678"


def test_accounts_are_seen_by_the_administrator_and_oneself():
    mine, other = make_user(name="申报人甲"), make_user(name="申报人乙")

    assert list(visible_to(applicant_actor(mine.person))) == [mine]
    found = search(visible_to(administrator()), other.person.document_number.lower())
    assert list(found) == [other]
