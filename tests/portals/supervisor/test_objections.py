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
    for page in ("/supervisor/", "/supervisor/objections/"):
        assert "反映人甲" not in client.get(page).content.decode()
    assert "反映人甲" in client.get(address).content.decode()


def test_supervision_of_another_region_sees_nothing_of_it(client, now):
    """Lishui is no part of Jiaxing: list, home and page keep silent."""
    objection = make_objection(make_publicity(now, make_organisation(region="331121")), now)
    address = f"/supervisor/objections/{objection.pk}/"
    sign_in(client, staff_actor(make_organisation(region="330400"), Role.SUPERVISOR))
    assert client.get(address).status_code == 404
    assert "没有异议" in client.get("/supervisor/objections/").content.decode()
    assert "没有等处理的异议" in client.get("/supervisor/").content.decode()

    sign_in(client, staff_actor(make_organisation(region="331100"), Role.SUPERVISOR))
    assert client.get(address).status_code == 200
    assert address in client.get("/supervisor/").content.decode()
