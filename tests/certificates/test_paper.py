"""The paper form at every desk: version, copies, seals, hand-over lists, the personal file (R-306…R-319)."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.paper import handed_over, make_paper, received_at_county
from tests.factories.people import applicant_actor, make_organisation, staff_actor
from zhiping.applications.models import Snapshot
from zhiping.auditlog.queries import history_of
from zhiping.certificates import queries
from zhiping.certificates.models import Handover, HandoverLine, PaperRecord, ReviewForm
from zhiping.certificates.operations import (
    Answer,
    cancel_handover,
    confirm_lines,
    make_handover,
    note_paper,
    receive_paper,
)
from zhiping.certificates.seals import Place, due_at
from zhiping.certificates.states import HandoverState, LineAnswer
from zhiping.certificates.tasks import print_handover
from zhiping.documents.sheets import read_sheet
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def paper(now):
    return make_paper(now)


def receive_at_office(paper, *, copies=3, sealed=("employer", "hr_authority"), **given):
    act = {"form": paper.form, "actor": paper.world.officer, "now": paper.later, **given}
    return receive_paper(copies=copies, sealed=sealed, handed_in_by="申报人甲", **act)


CHAIN = [
    Place(1, Role.EMPLOYER_CLERK, 10, "county"),
    Place(2, Role.ACCEPTANCE_POINT, 20, "county"),
    Place(3, Role.COUNTY_HR, 30, "county"),
    Place(4, Role.COMMITTEE_OFFICE, 40, "city"),
]


def test_the_seals_due_at_a_desk_are_those_of_the_bodies_before_it():
    """R-310: 用人单位、受理点、当地人力社保 on the way; all three at the association."""
    named = ["employer", "acceptance_point", "hr_authority"]

    assert due_at(named, CHAIN, 20) == ("employer",)
    assert due_at(named, CHAIN, 30) == ("employer", "acceptance_point")
    assert due_at(named, CHAIN, 40) == tuple(named)
    assert due_at(["city_hr_authority", "county_hr_authority"], CHAIN, 40) == ("county_hr_authority",)


def test_a_form_without_the_seal_of_the_county_is_refused(paper):
    """R-310: 2 of 2 seals or none of it."""
    with pytest.raises(Refused, match="还缺人力社保部门的印章"):
        receive_at_office(paper, sealed=["employer"])
    assert not PaperRecord.objects.exists()

    entry = receive_at_office(paper)
    assert entry.seals == ["employer", "hr_authority"]
    assert (entry.copies, entry.handed_in_by, entry.organisation) == (3, "申报人甲", paper.world.office)


def test_too_few_copies_are_refused_and_the_same_again_changes_nothing(paper):
    """R-308."""
    with pytest.raises(Refused, match="一式 3 份，现在只有 2 份"):
        receive_at_office(paper, copies=2)
    assert receive_at_office(paper) == receive_at_office(paper)
    assert history_of(paper.form).filter(verb="review_form.receive").count() == 1


def test_paper_is_received_only_by_a_desk_that_has_the_case(paper):
    """R-313: another office's clerk, a county that is not in the chain, and the person themselves are turned away."""
    strangers = [
        staff_actor(make_organisation(kind=OrganisationKind.COMMITTEE_OFFICE), Role.COMMITTEE_OFFICE),
        staff_actor(make_organisation(kind=OrganisationKind.HR_AUTHORITY), Role.COUNTY_HR),
        staff_actor(paper.world.employer),
        applicant_actor(paper.case.person),
        staff_actor(paper.world.county, Role.COUNTY_HR, person=paper.case.person),
    ]
    for stranger in strangers:
        with pytest.raises(Forbidden):
            receive_at_office(paper, actor=stranger)
        assert queries.form_at_desk(stranger, paper.form.code) is None


def test_an_older_version_is_refused_before_it_is_received(paper):
    """R-306: the QR ties the sheet to its version."""
    fields = {"code": "a-newer-code", "content_hash": "1" * 64, "made_at": paper.later}
    ReviewForm.objects.create(application=paper.case, number=2, submission=paper.form.submission, **fields)

    with pytest.raises(Refused, match="第 1 版评审表，最新的是第 2 版"):
        receive_at_office(paper)


def test_received_paper_goes_on_while_nothing_new_was_submitted(paper):
    """R-306: a form printed again only for a new opinion does not overtake paper that a desk has taken; a submission does."""
    received_at_county(paper)
    fields = {"code": "a-newer-code", "content_hash": "1" * 64, "made_at": paper.later}
    ReviewForm.objects.create(application=paper.case, number=2, submission=paper.form.submission, **fields)
    assert queries.why_outdated(paper.form) == ""

    last = paper.case.snapshots.get()
    Snapshot.objects.create(
        application=paper.case, number=last.number + 1, content="{}", sha256="2" * 64, created_at=paper.later
    )
    assert "又提交过材料" in queries.why_outdated(paper.form)
    assert not queries.at_hand(paper.world.county_officer).exists()
    with pytest.raises(Refused, match="又提交过材料"):
        receive_at_office(paper)


def test_only_papers_passed_on_line_and_at_hand_go_on_a_list(paper):
    """R-306, R-313: nothing that never came, nothing twice, nothing to a body that is not further up."""
    county, office = paper.world.county_officer, paper.world.office
    act = {"forms": [paper.form.pk], "actor": county, "now": paper.later}
    with pytest.raises(Refused, match="请刷新页面重新勾选"):
        make_handover(receiver=office, **act)
    received_at_county(paper)
    with pytest.raises(Refused, match="请刷新页面重新勾选"):
        make_handover(receiver=paper.world.employer, **act)
    with pytest.raises(Refused, match="请先勾选"):
        make_handover(receiver=office, forms=[], actor=county, now=paper.later)
    assert queries.receivers_for(county) == [(office, 1)]

    made = make_handover(receiver=office, **act)
    assert (made.number, made.lines.get().copies) == ("〔2026〕1 号", 3)
    assert queries.receivers_for(county) == []
    with pytest.raises(Refused, match="已经移交"):
        make_handover(receiver=office, **act)
    assert Handover.objects.count() == 1


def test_no_number_of_a_list_is_given_twice(paper):
    """Numbered per sender and year, held by the database."""
    first = handed_over(paper)
    fields = {"sender": first.sender, "receiver": first.receiver, "year": 2026, "made_at": paper.later}
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(serial=first.serial, **fields)
    assert Handover.objects.create(serial=2, **fields).number == "〔2026〕2 号"


def test_the_office_confirms_and_the_paper_is_entered_with_its_seals(paper):
    """R-308, R-310: version, copies and seals of each line; the sender is told."""
    handover = handed_over(paper)
    sender = staff_actor(paper.world.county, Role.COUNTY_HR)
    line = handover.lines.get()
    act = {"handover": handover, "actor": paper.world.officer, "now": paper.later}
    with pytest.raises(Forbidden):
        confirm_lines(
            answers={line.pk: Answer("received", 3)}, version=handover.version, **{**act, "actor": sender}
        )
    with pytest.raises(Refused, match="第 1 件要 3 份，只填了 2 份"):
        confirm_lines(answers={line.pk: Answer("received", 2)}, version=handover.version, **act)
    with pytest.raises(Refused, match="请写明差在哪里"):
        confirm_lines(answers={line.pk: Answer("differs", 3, " ")}, version=handover.version, **act)
    with pytest.raises(Refused, match="至少核收一件"):
        confirm_lines(answers={}, version=handover.version, **act)

    confirm_lines(answers={line.pk: Answer("received", 3)}, version=handover.version, **act)

    assert handover.state == HandoverState.CONFIRMED
    entry = PaperRecord.objects.get(organisation=paper.world.office)
    assert (entry.copies, entry.seals) == (3, ["employer", "hr_authority"])
    assert Message.objects.filter(person=handover.made_by, key="paper.handover_settled").count() == 1
    with pytest.raises(Refused, match="刚刚已被处理"):
        confirm_lines(answers={line.pk: Answer("missing")}, version=1, **act)


def test_a_difference_is_noted_and_the_paper_can_be_sent_again(paper):
    """The sender has it back; a second list takes it and keeps the first one's word."""
    handover = handed_over(paper)
    line = handover.lines.get()
    said = {line.pk: Answer("differs", 2, "缺一份，且第 2 份没有盖章")}
    act = {"version": handover.version, "actor": paper.world.officer, "now": paper.later}
    confirm_lines(handover=handover, answers=said, **act)

    assert handover.state == HandoverState.DIFFERING
    assert not PaperRecord.objects.filter(organisation=paper.world.office).exists()
    county = paper.world.county_officer
    again = make_handover(receiver=paper.world.office, forms=[paper.form.pk], actor=county, now=paper.later)
    assert again.serial == 2
    assert HandoverLine.objects.get(handover=handover).note == "缺一份，且第 2 份没有盖章"


def test_scanning_a_form_answers_its_line(paper):
    """R-306: the phone's camera does what the list would."""
    handover = handed_over(paper)
    receive_at_office(paper)

    handover.refresh_from_db()
    assert handover.state == HandoverState.CONFIRMED
    assert handover.lines.get().answer == LineAnswer.RECEIVED


def test_an_outdated_form_on_a_list_is_not_confirmed(paper):
    handover = handed_over(paper)
    last = paper.case.snapshots.get()
    Snapshot.objects.create(
        application=paper.case, number=last.number + 1, content="{}", sha256="2" * 64, created_at=paper.later
    )
    line = handover.lines.get()
    act = {"version": handover.version, "actor": paper.world.officer, "now": paper.later}
    with pytest.raises(Refused, match="这一版不能收"):
        confirm_lines(handover=handover, answers={line.pk: Answer("received", 3)}, **act)
    assert handover.lines.get().answer == LineAnswer.WAITING


def test_a_list_is_taken_back_only_by_its_sender_and_before_any_answer(paper):
    handover = handed_over(paper)
    act = {"handover": handover, "version": handover.version, "now": paper.later}
    with pytest.raises(Forbidden):
        cancel_handover(actor=paper.world.officer, **act)
    cancel_handover(actor=paper.world.county_officer, **act)

    assert handover.state == HandoverState.CANCELLED
    assert not queries.handovers_visible_to(paper.world.officer).exists()
    assert queries.receivers_for(paper.world.county_officer) == [(paper.world.office, 1)]


def test_a_list_is_seen_by_its_two_bodies_alone(paper):
    handover = handed_over(paper)
    other = staff_actor(make_organisation(kind=OrganisationKind.HR_AUTHORITY), Role.COUNTY_HR)

    assert list(queries.handovers_visible_to(paper.world.officer)) == [handover]
    assert list(queries.handovers_visible_to(paper.world.county_officer)) == [handover]
    assert not queries.handovers_visible_to(other).exists()
    assert not queries.handovers_visible_to(paper.world.clerk).exists()
    assert not queries.register_of(paper.world.clerk).exists()


def test_the_list_is_printed_by_the_queue_without_numbers_of_people(paper):
    """R-308: PDF and Excel; a second run makes nothing new."""
    handover = handed_over(paper)
    print_handover(handover_id=handover.pk)
    handover.refresh_from_db()
    made = handover.pdf.name
    print_handover(handover_id=handover.pk)
    handover.refresh_from_db()
    assert handover.pdf.name == made
    with handover.xlsx.open() as file:
        sheet = read_sheet(file.read())
    with handover.pdf.open() as file:
        assert file.read(5) == b"%PDF-"

    assert sheet.rows[0][1:3] == (paper.case.number, "申报人甲")
    assert sheet.rows[0][7] == "用人单位、人力社保部门"
    assert not any(paper.case.person.document_number in cell for row in sheet.rows for cell in row)


def test_the_office_gives_the_form_back_for_the_personal_file(paper):
    """R-319: with a date, and the person is told; a county can neither keep nor return it."""
    receive_at_office(paper)
    act = {"form": paper.form, "event": "returned", "copies": 1, "now": paper.later}
    with pytest.raises(Forbidden):
        note_paper(actor=paper.world.county_officer, **act)
    with pytest.raises(Refused, match="请选择归档或者退回"):
        note_paper(actor=paper.world.officer, **{**act, "event": "received"})
    entry = note_paper(actor=paper.world.officer, **act)
    assert note_paper(actor=paper.world.officer, **act) == entry

    told = Message.objects.get(person=paper.case.person, key="paper.returned")
    assert "存入个人档案" in told.body
    assert entry.at == paper.later
