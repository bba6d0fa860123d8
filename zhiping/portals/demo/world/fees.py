"""Two applications at the office's desk of a plan that asks for a fee: one bill to pay, one to be left unpaid.

The way of these two up to the office is not played: they stand there with what they submitted, and the office passes them.
"""

import io
from datetime import datetime

from django.core.files.base import ContentFile
from PIL import Image

from zhiping.applications import transitions
from zhiping.applications.assessment import assess
from zhiping.applications.models import Application, Step
from zhiping.applications.operations import ask_fee, save_section, start_application
from zhiping.applications.operations.deciding import decide
from zhiping.applications.operations.submitting import freeze
from zhiping.applications.queries import draft_of
from zhiping.applications.states import ApplicationState, Outcome, SectionKey
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.states import MediaType
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role
from zhiping.lifecycle.moving import move
from zhiping.plans.models import Plan
from zhiping.portals.demo.world.bodies import applicant, staff

NOTICE, OFFICE = "lishui-2021-arts-and-crafts-intermediate-junior", "lishui-office-a"
PAYERS = ("fee-payer", "fee-late")
PHOTO = (413, 579)


def make_bills(now: datetime) -> None:
    """A bill for each payer, made as the office accepts them; whoever has applied already is left alone."""
    plan = Plan.objects.select_related("office").get(rolled_from__slug=NOTICE)
    for login in PAYERS:
        own = applicant(login)
        if not Application.objects.filter(person_id=own.person_id, plan=plan).exists():
            step = put_on_desk(plan, own, now)
            accept(step, staff(OFFICE), now)


def accept(step: Step, office: Actor, now: datetime) -> None:
    """The office's pass without its checks of hours and scans, which the stories of other plans show."""
    opinion = "材料齐全，符合申报条件。"
    move(step.application, transitions.ACCEPT, actor=office, now=now)
    move(step, transitions.PASS, actor=office, now=now, note=opinion)
    decide(step, Outcome.PASS, opinion, office, now)
    ask_fee(application=step.application, now=now)


def put_on_desk(plan: Plan, own: Actor, now: datetime) -> Step:
    """What this person submitted, standing at the office."""
    title = plan.titles.get(level="intermediate")
    application = start_application(plan=plan, title=title, actor=own, now=now)
    form = {"pathway": "normal", "self_report": "任现职以来一直从事石雕设计和制作，主持完成多件作品。"}
    save_section(application_id=application.pk, key=SectionKey.FORM, data=form, version=0, actor=own, now=now)
    draft = draft_of(application)
    application.refresh_from_db()
    application.number = f"{plan.year}-{plan.pk:03d}-{application.pk:06d}"
    application.photo = photo_of(application.person, own, now)
    application.pack_version_id, application.submitted_at = plan.pack_version_id, now
    application.state = ApplicationState.IN_REVIEW
    application.save()
    freeze(application, assess(draft, now), now, is_again=False)
    return Step.objects.create(
        application=application,
        plan=plan,
        position=1,
        key="committee_office",
        label="评委会办公室审核",
        role=Role.COMMITTEE_OFFICE,
        organisation=plan.office,
        state="open",
        opened_at=now,
    )


def photo_of(person: Person, own: Actor, now: datetime) -> StoredFile:
    """A drawn head on white, as large as a photo has to be."""
    picture = Image.effect_noise(PHOTO, 24).convert("RGB").point(lambda tone: min(255, tone + 110))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    upload = ContentFile(out.getvalue(), name="证件照.jpg")
    return store_file(upload=upload, owner=person, kinds=frozenset({MediaType.JPEG}), actor=own, now=now)
