"""Forms of the notice, pre-filled, to be signed and handed back (R-357…R-362): offered, made by the queue, in scope."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.applications import make_ready_draft, make_world
from tests.factories.archive import png_bytes
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from tests.factories.plans import example_text, make_pack_version
from zhiping.applications.models import Application, PreparedForm, Section
from zhiping.applications.operations.preparing import prepare_all, prepare_form
from zhiping.applications.operations.signing import sign_on_screen
from zhiping.applications.prepared import Form
from zhiping.applications.printing import integrity
from zhiping.applications.queries import assessment_of, draft_of
from zhiping.applications.queries.drafts import with_plan
from zhiping.applications.tasks import print_prepared
from zhiping.documents.printing import render
from zhiping.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def world(now):
    """A notice that has exceptional applicants hand in an approval sheet."""
    lines = example_text().splitlines()
    [at] = [n for n, line in enumerate(lines) if "破格申报审批表" in line and "name:" in line]
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip("- "))].replace("-", " ")
    lines.insert(at + 1, f"{indent}template: EXCEPTIONAL_FORM")
    text = "\n".join(lines) + "\n"
    return make_world(now, version=make_pack_version(text))


def url(application, form="exceptional"):
    return reverse("applicant:applications:prepared", args=[application.pk, form])


def page(client, application) -> str:
    return client.get(reverse("applicant:applications:attachments", args=[application.pk])).content.decode()


def loaded(application) -> Application:
    return with_plan(Application.objects.filter(pk=application.pk)).get()


def text_of(form: PreparedForm) -> str:
    with form.file.open() as file:
        return (
            "".join(each.extract_text() for each in PdfReader(file).pages).replace("\n", "").replace(" ", "")
        )


def test_form_is_offered_where_the_notice_demands_it(client, now, world):
    application = make_ready_draft(now, world, pathway="exceptional")
    sign_in(client, applicant_actor(application.person))

    assert "下载预填的《破格申报审批表》" in page(client, application)


def test_form_is_not_offered_to_who_need_not_hand_it_in(client, now, world):
    application = make_ready_draft(now, world)
    actor = applicant_actor(application.person)
    sign_in(client, actor)

    assert "破格申报审批表》" not in page(client, application).partition("这些不用交")[0]
    with pytest.raises(Refused, match="不用交这张表"):
        prepare_form(application=loaded(application), key="exceptional", actor=actor, now=now)
    assert not PreparedForm.objects.exists()


def test_form_is_made_by_the_queue_and_holds_what_is_known(client, now, world):
    """R-357: nothing is printed in the request; two presses ask once."""
    application = make_ready_draft(now, world, pathway="exceptional")
    sign_in(client, applicant_actor(application.person))

    for _ in range(2):
        assert client.post(url(application))["Location"] == url(application)
    form = PreparedForm.objects.get()
    assert "正在生成表格" in client.get(url(application)).content.decode()
    print_prepared(form_id=form.pk)
    print_prepared(form_id=form.pk)

    answer = client.get(url(application))
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    form.refresh_from_db()
    words = text_of(form)
    assert application.person.name in words
    assert world.employer.name in words


def test_paper_of_an_older_draft_is_not_given_out(client, now, world):
    application = make_ready_draft(now, world, pathway="exceptional")
    sign_in(client, applicant_actor(application.person))
    client.post(url(application))
    print_prepared(form_id=PreparedForm.objects.get().pk)

    Section.objects.filter(application=application, key="form").update(version=7)

    answer = client.get(url(application))
    assert answer["Location"] == reverse("applicant:applications:attachments", args=[application.pk])


def test_form_is_nobody_elses(client, now, world):
    application = make_ready_draft(now, world, pathway="exceptional")
    PreparedForm.objects.create(application=application, key="exceptional", content_hash="x", asked_at=now)
    sign_in(client, applicant_actor(make_person("别人")))
    assert client.get(url(application)).status_code == 404
    assert client.post(url(application)).status_code == 404
    sign_in(client, world.clerk)
    assert client.get(url(application)).status_code == 403
    with pytest.raises(Forbidden):
        prepare_form(application=loaded(application), key="exceptional", actor=world.clerk, now=now)


def test_promise_is_printed_as_it_was_signed(now, world):
    """R-362: the words of that day, the hand, the device; nothing to upload."""
    application = make_ready_draft(now, world)
    actor, upload = applicant_actor(application.person), ContentFile(png_bytes((300, 120)), name="签名.png")
    sign_on_screen(
        application_id=application.pk,
        upload=upload,
        statement="本人承诺材料真实。",
        device="平板",
        version=1,
        actor=actor,
        now=now,
    )
    form = Form("integrity", "integrity_statement", "真实性保证书")

    sheet = integrity(draft_of(loaded(application)), form)

    assert (sheet.text, sheet.signer, sheet.device) == ("本人承诺材料真实。", application.person.name, "平板")
    assert sheet.signed_at == now
    assert application.person.document_number not in (sheet.masked_id, sheet.text)
    assert render(sheet.template, sheet, created=now).startswith(b"%PDF")


def test_desk_downloads_what_was_printed_at_submission(client, now, world):
    """The employer's case page offers the paper; other bodies and other people get nothing."""
    application = make_ready_draft(now, world, pathway="exceptional")
    PreparedForm.objects.create(
        application=application, key="exceptional", content_hash="x", asked_at=now, file="forms/x.pdf"
    )
    default_storage.save("forms/x.pdf", ContentFile(b"%PDF-1.7 x"))
    Application.objects.filter(pk=application.pk).update(
        state="in_review", number="2026-1", submitted_at=now, pack_version=world.plan.pack_version
    )
    address = reverse("employer:applications:prepared", args=[application.pk, "exceptional"])
    sign_in(client, world.clerk)

    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"
    assert client.get(address.replace("exceptional", "scoring")).status_code == 404
    sign_in(client, staff_actor(make_organisation("别家单位")))
    assert client.get(address).status_code == 404
    sign_in(client, applicant_actor(application.person))
    assert client.get(address).status_code == 403


def test_submission_has_the_forms_of_the_notice_printed(now, world):
    application = make_ready_draft(now, world, pathway="exceptional")
    judged = assessment_of(loaded(application), now)

    with transaction.atomic():
        prepare_all(judged=judged, now=now)
        prepare_all(judged=judged, now=now)

    assert [form.key for form in PreparedForm.objects.all()] == ["exceptional"]
