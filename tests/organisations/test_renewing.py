"""One administrator alone never opens an account in use, and its owner hears of both steps (threat: the insider)."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from tests.factories.people import make_organisation, make_person, make_user, sign_in, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.identity.models import AccessRenewal, User
from zhiping.identity.operations import renew_access
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.operations.renewing import ask_new_access, give_new_access
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return make_organisation("平台运维", kind=OrganisationKind.PLATFORM)


@pytest.fixture
def first(platform):
    return staff_actor(platform, Role.SYSTEM_ADMIN, person=make_person("管理员甲"))


@pytest.fixture
def second(platform):
    return staff_actor(platform, Role.SYSTEM_ADMIN, person=make_person("管理员乙"))


@pytest.fixture
def user() -> User:
    """An account in use, with a second factor."""
    user = make_user(make_person("申报人甲"))
    user.set_password("eine lange Losung")
    user.save()
    Authenticator.objects.create(user=user, type="totp", data={})
    return user


def is_open_as_before(user: User) -> bool:
    user.refresh_from_db()
    return user.check_password("eine lange Losung") and Authenticator.objects.filter(user=user).exists()


def told(user: User) -> list[str]:
    return list(Message.objects.filter(person=user.person).order_by("pk").values_list("key", flat=True))


def test_one_administrator_alone_changes_nothing(user, first, now):
    with pytest.raises(Refused, match="两位管理员"):
        give_new_access(user=user, actor=first, now=now)
    ask_new_access(user=user, actor=first, now=now)
    with pytest.raises(Refused, match="不能自己确认"):
        give_new_access(user=user, actor=first, now=now)

    assert is_open_as_before(user)
    assert told(user) == ["account.renewal_asked"]


def test_the_second_confirms_and_the_owner_is_told(user, first, second, now):
    ask_new_access(user=user, actor=first, now=now)

    give_new_access(user=user, actor=second, now=now)

    assert not is_open_as_before(user)
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert told(user) == ["account.renewal_asked", "account.access_renewed"]
    renewal = AccessRenewal.objects.get(user=user)
    assert (renewal.asked_by_id, renewal.confirmed_by_id) == (first.user_id, second.user_id)
    verbs = LogEntry.objects.filter(verb__startswith="account.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["account.ask_renewal", "account.renew_access"]


def test_a_second_account_of_the_same_person_is_no_second_person(user, first, now):
    ask_new_access(user=user, actor=first, now=now)
    twin = User.objects.create(username="twin_of_first")
    AccessRenewal.objects.filter(user=user).update(asked_by=twin)
    User.objects.filter(pk=first.user_id).update(person=None)
    User.objects.filter(pk=twin.pk).update(person_id=first.person_id)

    with pytest.raises(Refused, match="不能自己确认"):
        give_new_access(user=user, actor=first, now=now)

    assert is_open_as_before(user)


def test_asking_again_changes_nothing_and_a_new_need_begins_anew(user, first, second, now):
    ask_new_access(user=user, actor=first, now=now)
    ask_new_access(user=user, actor=second, now=now)

    assert AccessRenewal.objects.get(user=user).asked_by_id == first.user_id
    give_new_access(user=user, actor=second, now=now)
    user.set_password("another long one")
    user.save()
    with pytest.raises(Refused, match="两位管理员"):
        give_new_access(user=user, actor=second, now=now)


def test_an_account_nobody_used_yet_gets_its_link_again_from_one(first, now):
    fresh = make_user(make_person("申报人乙"))
    fresh.set_unusable_password()
    fresh.save()

    give_new_access(user=fresh, actor=first, now=now)

    assert not AccessRenewal.objects.exists()


def test_only_administrators_ask_and_never_for_themselves(user, first, now):
    with pytest.raises(Forbidden):
        ask_new_access(user=user, actor=staff_actor(make_organisation()), now=now)
    with pytest.raises(Refused, match="不能重置自己的账号"):
        ask_new_access(user=User.objects.get(pk=first.user_id), actor=first, now=now)


def test_an_account_without_a_person_has_nobody_to_tell(first, second, now):
    lone = User.objects.create(username="machine_room")
    lone.set_password("eine lange Losung")
    lone.save()
    ask_new_access(user=lone, actor=first, now=now)

    renew_access(user=lone, actor=second, now=now)

    assert not Message.objects.exists()


def test_the_table_itself_wants_two(user, first, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRenewal.objects.create(
            user=user,
            asked_by_id=first.user_id,
            confirmed_by_id=first.user_id,
            asked_at=now,
            confirmed_at=now,
        )


def test_the_page_leads_from_one_administrator_to_the_other(client, user, first, second, now, at):
    at(now)
    path = f"/operator/accounts/people/{user.pk}/link/"
    sign_in(client, first)
    assert "提出重置" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    assert "请另一位管理员核实本人身份后打开这一页确认" in client.get(path).content.decode()
    assert client.post(path).status_code == 409
    assert is_open_as_before(user)

    sign_in(client, second)
    assert "管理员甲于" in client.get(path).content.decode()
    shown = client.post(path)

    assert "/accounts/" in shown.content.decode()
    assert shown.status_code == 200
    assert not is_open_as_before(user)
