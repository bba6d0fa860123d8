"""One function changes states: who, from where, which version, and the log line with it."""

import pytest

from tests.factories.scaffold import organisation
from zhiping.auditlog.queries import history_of
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import Transition, available, move
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationState as State

pytestmark = pytest.mark.django_db
CLERK = Actor(role=Role.COUNTY_HR, name="办事员甲", user_id=1)
OTHER = Actor(role=Role.APPLICANT, name="申报人甲", user_id=2)
AUTHORISE = Transition(
    verb="organisation.authorise",
    label="通过授权",
    sources=frozenset({State.SUBMITTED}),
    target=State.AUTHORISED,
    access=lambda actor, thing: actor.role == Role.COUNTY_HR,
)


@pytest.fixture
def body() -> Organisation:
    return organisation(state=State.SUBMITTED)


def test_move_changes_state_and_version_and_writes_the_log(body, now):
    move(body, AUTHORISE, actor=CLERK, now=now, note="材料齐全")

    body.refresh_from_db()
    entry = history_of(body).get()
    assert (body.state, body.version) == (State.AUTHORISED, 2)
    assert (entry.verb, entry.from_state, entry.to_state) == (
        "organisation.authorise",
        State.SUBMITTED,
        State.AUTHORISED,
    )
    assert (entry.actor_name, entry.note) == ("办事员甲", "材料齐全")


def test_move_by_the_wrong_actor_is_forbidden_and_leaves_no_trace(body, now):
    with pytest.raises(Forbidden):
        move(body, AUTHORISE, actor=OTHER, now=now)

    body.refresh_from_db()
    assert body.state == State.SUBMITTED
    assert not history_of(body).exists()


def test_move_from_the_wrong_state_says_what_the_state_is(body, now):
    move(body, AUTHORISE, actor=CLERK, now=now)

    with pytest.raises(Refused, match="当前状态是“已授权”，不能通过授权"):
        move(body, AUTHORISE, actor=CLERK, now=now)


def test_move_from_an_old_page_is_refused(body, now):
    Organisation.objects.filter(pk=body.pk).update(version=7)
    body.refresh_from_db()

    with pytest.raises(Refused, match="没有生效"):
        move(body, AUTHORISE, actor=CLERK, now=now, version=6)


def test_the_slower_of_two_movers_is_refused(body, now):
    second = Organisation.objects.get(pk=body.pk)
    move(body, AUTHORISE, actor=CLERK, now=now)

    with pytest.raises(Refused, match="已授权"):
        move(second, AUTHORISE, actor=CLERK, now=now)
    assert history_of(body).count() == 1


def test_available_shows_only_what_actor_and_state_allow(body):
    assert available([AUTHORISE], CLERK, body) == [AUTHORISE]
    assert available([AUTHORISE], OTHER, body) == []
