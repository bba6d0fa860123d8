"""Two at once: one act (R-294, R-398)."""

import pytest

from tests.factories.applications import make_ready_draft, make_world, step_of, submitted
from tests.factories.people import applicant_actor
from tests.threads import _there, first_rows, together  # noqa: F401 - fixtures of this module
from zhiping.applications.models import Snapshot, Step, StepDecision
from zhiping.applications.operations import pass_step, submit_application
from zhiping.applications.states import StepState
from zhiping.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_parallel_submits_with_one_token_are_one_act(now):
    draft = make_ready_draft(now, make_world(now))
    actor = applicant_actor(draft.person)
    answers = together(
        lambda: submit_application(application_id=draft.pk, token="t", actor=actor, now=now).number
    )

    assert len(answers) == 4
    assert len({str(answer) for answer in answers}) == 1
    assert Snapshot.objects.count() == 1
    assert Step.objects.filter(state=StepState.OPEN).count() == 1


def test_parallel_passes_are_one_decision(now):
    world = make_world(now)
    application = submitted(now, world)
    clerk = world.clerk

    def act():
        pass_step(step=step_of(application), opinion="同意", version=1, actor=clerk, now=now)

    answers = together(act)

    assert sum(answer is None for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert StepDecision.objects.count() == 1
