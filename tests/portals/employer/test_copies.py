"""The copy check on the case page: unit's duty where the notice says so, free for later desks (R-004, R-281)."""

import pytest
from django.urls import reverse

from tests.factories.applications import forwarded, make_world, step_of, submitted
from tests.factories.people import applicant_actor, make_organisation, sign_in, staff_actor
from tests.factories.plans import example_text, make_pack_version
from zhiping.achievements.models import CopyCheck
from zhiping.applications.states import StepState
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db
RULE = """copies:
  by: employer
  statement: 核对无误
  marks: [签署“核对无误”, 验证人签名]
  text: 复印件均需所在单位人事部门核对原件
  cite: 一
"""


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def strict(now):
    """A world whose notice has the unit compare copies."""
    return make_world(now, version=make_pack_version(example_text() + "\n" + RULE))


def url(name, application, *more, portal="employer"):
    return reverse(f"{portal}:applications:{name}", args=[application.pk, *more])


def paper_of(application) -> int:
    return application.person.archive_items.get(category="papers").versions.get().evidence.get().pk


def passing(application, **more):
    return {"opinion": "符合", "version": step_of(application).version, **more}


def test_unit_cannot_pass_before_the_copies_are_compared(client, now, strict):
    application = submitted(now, strict)
    key = paper_of(application)
    sign_in(client, strict.clerk)
    assert f'name="copy-{key}"' in client.get(url("case", application)).content.decode()

    refused = client.post(url("pass", application), passing(application))

    assert refused.status_code == 409
    assert "还没有对照原件核对：“论文.pdf”" in refused.content.decode()
    assert step_of(application).state == StepState.OPEN
    client.post(url("pass", application), passing(application, **{f"copy-{key}": "copy"}))
    assert step_of(application).state == StepState.AUDITED
    page = client.get(url("case", application)).content.decode()
    assert "复印件，“核对无误”；验证人" in page
    assert CopyCheck.objects.get().organisation == strict.employer


def test_other_notices_leave_it_to_the_unit(client, now):
    world = make_world(now)
    application = submitted(now, world)
    sign_in(client, world.clerk)

    client.post(url("pass", application), passing(application))

    assert step_of(application).state == StepState.AUDITED
    assert not CopyCheck.objects.exists()


def test_photo_and_signature_are_no_copies(client, now, strict):
    application = submitted(now, strict)
    sign_in(client, strict.clerk)
    page = client.get(url("case", application)).content.decode()

    assert page.count('value="original"') == 1
    strange = {f"copy-{application.photo_id}": "copy", f"copy-{paper_of(application)}": "copy"}
    client.post(url("pass", application), passing(application, **strange))

    assert [check.file_id for check in CopyCheck.objects.all()] == [paper_of(application)]


def test_later_desk_may_look_again_and_both_words_stand(client, now, at):
    world = make_world(now)
    application, later = forwarded(now, world)
    at(later)
    sign_in(client, world.county_officer)
    key = paper_of(application)

    answer = passing(application, **{f"copy-{key}": "original"})
    client.post(url("pass", application, portal="authority"), answer)

    check = CopyCheck.objects.get()
    assert (check.kind, check.organisation) == ("original", world.county)


def test_case_with_open_copies_is_left_out_of_the_bulk(client, now, strict):
    application = submitted(now, strict)
    sign_in(client, strict.clerk)
    step = step_of(application)

    trial = client.post(reverse("employer:applications:bulk"), {"step": step.pk}).content.decode()
    client.post(reverse("employer:applications:bulk"), {"step": step.pk, "confirmed": "1", "opinion": "同意"})

    assert "还有 1 份材料没有对照原件核对" in trial
    assert step_of(application).state == StepState.OPEN


@pytest.mark.parametrize("who", ["applicant", "rival", "other role"])
def test_nobody_else_leaves_a_check(client, now, strict, who):
    application = submitted(now, strict)
    actors = {
        "applicant": applicant_actor(application.person),
        "rival": staff_actor(make_organisation("别家单位")),
        "other role": staff_actor(strict.county, Role.COUNTY_HR),
    }
    sign_in(client, actors[who])

    posted = passing(application, **{f"copy-{paper_of(application)}": "copy"})
    answer = client.post(url("pass", application), posted)

    assert answer.status_code in (403, 404)
    assert not CopyCheck.objects.exists()
    assert step_of(application).state == StepState.OPEN
