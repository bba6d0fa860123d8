"""Supervision sees who objected; nobody else does (C-80)."""

import pytest

from tests.factories.notices import make_objection, make_publicity
from tests.factories.people import make_organisation, sign_in, staff_actor
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db


def test_supervision_sees_who_objected(client, now):
    publicity = make_publicity(now)
    objection = make_objection(publicity, now, is_named=True, name="反映人甲", contact="13911112222")
    address = f"/supervisor/objections/{objection.pk}/"
    sign_in(client, staff_actor(publicity.organisation))
    assert client.get(address).status_code == 403

    sign_in(client, staff_actor(make_organisation(), Role.SUPERVISOR))
    assert "反映人甲" not in client.get("/supervisor/").content.decode()
    assert "反映人甲" in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_list_takes_the_same_queries_for_few_and_many(client, now, django_assert_num_queries, count):
    publicity = make_publicity(now)
    for _ in range(count):
        make_objection(publicity, now)
    sign_in(client, staff_actor(make_organisation(), Role.SUPERVISOR))
    with django_assert_num_queries(4):
        client.get("/supervisor/")
