"""Pages of the paper: scanned by a phone or a wedge scanner, listed, confirmed (R-306…R-319)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.paper import handed_over, make_paper, received_at_county
from tests.factories.people import applicant_actor, make_organisation, sign_in, staff_actor
from zhiping.certificates.models import Handover, PaperRecord, ReviewForm
from zhiping.certificates.states import HandoverState
from zhiping.certificates.tasks import print_handover
from zhiping.kernel.actor import Role
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
LIST, DETAIL, SUBMIT = 6, 8, 15


@pytest.fixture
def paper(now, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = make_paper(now)
    at(made.later)
    return made


def asked(client, most, url, posted=None, status=200):
    with CaptureQueriesContext(connection) as context:
        answer = client.get(url) if posted is None else client.post(url, posted)
    said = [each["sql"] for each in context if "SAVEPOINT" not in each["sql"]]
    assert answer.status_code == status, url
    assert len(said) <= most, f"{url}: {len(said)}\n" + "\n".join(each[:140] for each in said)
    return answer


def test_the_qr_opens_the_register_for_staff_and_the_version_for_everybody_else(client, paper):
    """R-306: the phone's camera is the scanner."""
    url = f"/form/{paper.form.code}/"
    assert "版" in client.get(url).content.decode()
    sign_in(client, applicant_actor(paper.case.person))
    assert client.get(url).status_code == 200
    sign_in(client, staff_actor(make_organisation(kind=OrganisationKind.HR_AUTHORITY), Role.COUNTY_HR))
    assert client.get(url).status_code == 200
    sign_in(client, paper.world.county_officer)
    assert client.get(url)["Location"] == f"/authority/paper/forms/{paper.form.code}/"
    sign_in(client, paper.world.officer)
    assert client.get(url)["Location"] == f"/committee/paper/forms/{paper.form.code}/"


def test_a_wedge_scanner_types_the_address(client, paper):
    """R-306: the whole address and its last part find the form; an unknown code and another body's say the same."""
    sign_in(client, paper.world.county_officer)
    there = f"/authority/paper/forms/{paper.form.code}/"
    for typed in (f"https://zp.example/form/{paper.form.code}/", paper.form.code):
        assert client.get("/authority/paper/", {"code": typed})["Location"] == there
    unknown = client.get("/authority/paper/", {"code": "unknown"}).content.decode()
    assert "没有查到由本单位办理的这张评审表" in unknown
    stranger = staff_actor(make_organisation(kind=OrganisationKind.HR_AUTHORITY), Role.COUNTY_HR)
    sign_in(client, stranger)
    page = client.get("/authority/paper/", {"code": paper.form.code}).content.decode()
    assert "没有查到由本单位办理的这张评审表" in page
    assert paper.case.person.name not in page


def test_from_the_county_to_the_personal_file(client, paper):
    """R-306, R-308, R-310, R-319: received, listed, confirmed, given back; few queries on every page."""
    form, office = paper.form, paper.world.office
    sign_in(client, paper.world.county_officer)
    scan = f"/authority/paper/forms/{form.code}/"
    asked(client, DETAIL, scan)
    lacking = {"copies": 2, "handed_in_by": "申报人甲", "sealed": ["employer"]}
    assert "现在只有 2 份" in asked(client, SUBMIT, scan, lacking, 422).content.decode()
    asked(client, SUBMIT, scan, {**lacking, "copies": 3}, 302)
    assert "申报人甲" in asked(client, LIST, "/authority/paper/").content.decode()
    assert office.name in asked(client, LIST, "/authority/paper/handovers/").content.decode()
    new = f"/authority/paper/handovers/to/{office.pk}/"
    assert "申报人甲" in asked(client, LIST, new).content.decode()
    asked(client, SUBMIT, new, {"form": [form.pk]}, 302)
    handover = Handover.objects.get()
    again = asked(client, SUBMIT, new, {"form": [form.pk]}, 422).content.decode()
    assert "已经移交" in again

    sign_in(client, paper.world.officer)
    assert "有 1 张移交清单" in asked(client, LIST, "/committee/paper/").content.decode()
    url, line = f"/committee/paper/handovers/{handover.pk}/", handover.lines.get()
    asked(client, DETAIL, url)
    told = {"version": handover.version, f"answer-{line.pk}": "differs", f"copies-{line.pk}": 2}
    refused = asked(client, SUBMIT, url, told, 422).content.decode()
    assert "请写明差在哪里" in refused
    assert 'value="differs" checked' in refused
    asked(client, SUBMIT, url, {**told, f"answer-{line.pk}": "received", f"copies-{line.pk}": 3}, 302)
    handover.refresh_from_db()
    assert handover.state == HandoverState.CONFIRMED

    returned = f"/committee/paper/forms/{form.code}/file/"
    asked(client, SUBMIT, returned, {"event": "returned", "copies": 3}, 302)
    sign_in(client, applicant_actor(paper.case.person))
    mine = client.get(f"/applicant/certificates/forms/{paper.case.pk}/").content.decode()
    assert "已退回，存入个人档案" in mine


def test_a_list_is_downloaded_by_its_two_bodies_alone(client, paper):
    """R-308: PDF and Excel come from the queue; outside the two bodies the list does not exist."""
    handover = handed_over(paper)
    sign_in(client, paper.world.county_officer)
    url = f"/authority/paper/handovers/{handover.pk}/"
    assert "清单还在生成" in client.get(f"{url}pdf/").content.decode()
    print_handover(handover_id=handover.pk)
    assert b"".join(client.get(f"{url}pdf/")).startswith(b"%PDF-")
    assert b"".join(client.get(f"{url}xlsx/")).startswith(b"PK")
    sign_in(client, staff_actor(make_organisation(kind=OrganisationKind.HR_AUTHORITY), Role.COUNTY_HR))
    for part in ("", "pdf/", "xlsx/"):
        assert client.get(url + part).status_code == 404
    assert client.post(f"{url}cancel/", {"version": 1}).status_code == 404


def test_an_old_page_cannot_confirm_and_the_sender_can_cancel(client, paper):
    """A page older than the list changes nothing."""
    handover = handed_over(paper)
    line = handover.lines.get()
    sign_in(client, paper.world.officer)
    told = {f"answer-{line.pk}": "received", f"copies-{line.pk}": 3}
    assert client.post(f"/committee/paper/handovers/{handover.pk}/", told).status_code == 422
    assert not PaperRecord.objects.filter(organisation=paper.world.office).exists()
    sign_in(client, paper.world.county_officer)
    url = f"/authority/paper/handovers/{handover.pk}/cancel/"
    assert client.post(url, {"version": handover.version}).status_code == 302
    handover.refresh_from_db()
    assert handover.state == HandoverState.CANCELLED


def test_an_old_version_is_shown_as_not_acceptable(client, paper):
    """R-306."""
    ReviewForm.objects.create(
        application=paper.case, number=2, code="newer", content_hash="1" * 64, made_at=paper.later
    )
    sign_in(client, paper.world.county_officer)
    page = client.get(f"/authority/paper/forms/{paper.form.code}/").content.decode()

    assert "这一版不能接收" in page
    assert "核对无误，接收" not in page
    received = {"copies": 3, "handed_in_by": "申报人甲", "sealed": ["employer"]}
    assert client.post(f"/authority/paper/forms/{paper.form.code}/", received).status_code == 422


def test_the_register_asks_the_same_for_many(client, paper):
    received_at_county(paper)
    sign_in(client, paper.world.county_officer)
    asked(client, LIST, "/authority/paper/")
    record = PaperRecord.objects.get()
    for number in range(2, 20):
        form = ReviewForm.objects.create(
            application=paper.case,
            number=number,
            code=f"c{number}",
            content_hash="0" * 64,
            made_at=paper.later,
        )
        PaperRecord.objects.create(
            form=form, event="received", at=paper.later, organisation=record.organisation
        )
    asked(client, LIST, "/authority/paper/")
