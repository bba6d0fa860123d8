"""Areas 14–19 and 26: real days of publicity, paper, certificates, snapshots, from the catalogue's test ideas."""

import json
from datetime import date

import pytest
from django.conf import settings

from tests.factories.applications import make_world, submitted
from tests.factories.archive import make_item
from tests.factories.committees import make_application
from tests.factories.people import applicant_actor, make_organisation, sign_in, staff_actor
from tests.factories.plans import make_office, make_pack_version, make_plan
from zhiping.achievements.models import ItemVersion
from zhiping.applications.models import Step
from zhiping.applications.states import ApplicationState, StepState
from zhiping.certificates.models import Certificate, ResultReport, ReviewForm
from zhiping.certificates.operations import receive_paper
from zhiping.certificates.queries import is_exportable
from zhiping.certificates.review_form import sheet_of
from zhiping.files.photo import PhotoRules
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused
from zhiping.kernel.queries import working_calendar
from zhiping.plans.rollover import latest_start
from zhiping.policy_engine import load_pack

pytestmark = pytest.mark.django_db
HANGZHOU = "hangzhou-2020-arts-and-crafts-intermediate"
LISHUI = "lishui-2021-arts-and-crafts-intermediate-junior"
JIAXING = "jiaxing-2022-engineering-intermediate-junior"
SENIOR = "zhejiang-2021-arts-and-crafts-senior"
ANJI = "anji-2021-08-water-engineering"
WATERMARK = "浙江省专业技术任职资格申报与评审管理平台"
PACKS = sorted(settings.POLICY_PACKS.glob("[a-z]*/pack.yaml"))


def plan_of(slug):
    pack = load_pack(settings.POLICY_PACKS / slug)
    return make_plan(version=make_pack_version(pack.text, slug=slug), office=make_office())


def case_of(slug, **fields):
    return make_application(plan_of(slug), **fields)


def form_of(application, now):
    return ReviewForm.objects.create(
        application=application, number=1, code=f"code{application.pk}", content_hash="0" * 64, made_at=now
    )


@pytest.mark.parametrize(
    ("first", "counted", "not_counted"),
    [
        (date(2022, 4, 1), date(2022, 4, 8), date(2022, 4, 11)),
        (date(2020, 10, 9), date(2020, 10, 14), date(2020, 10, 15)),
        (date(2020, 11, 16), date(2020, 11, 20), date(2020, 11, 23)),
    ],
)
def test_five_working_days_on_the_real_calendar(first, counted, not_counted):
    """R-276, R-327, R-329, R-392, C-59: make-up days work, holidays do not; both readings of the day of posting."""
    calendar = working_calendar()

    assert calendar.add(first, 5, count_first_day=True) == counted
    assert calendar.add(first, 5) == not_counted


@pytest.mark.parametrize(
    ("closes", "start"),
    [
        (date(2022, 4, 21), date(2022, 4, 15)),
        (date(2022, 9, 14), date(2022, 9, 7)),
        (date(2021, 12, 23), date(2021, 12, 17)),
        (date(2022, 4, 8), date(2022, 4, 1)),
    ],
)
def test_the_last_day_to_begin_a_publicity(closes, start):
    """R-303."""
    assert latest_start(closes, 5, working_calendar(), counts_first_day=True) == start


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_every_plan_asks_for_the_same_photo(path):
    """R-083…R-085, C-60: bounds of bytes and pixels open, of the ratio closed."""
    pack = load_pack(path)

    assert PhotoRules.from_pack(pack.data.get("photo") or {}, pack.parameters) == PhotoRules()


@pytest.mark.parametrize(
    ("slug", "passed", "expected"),
    [
        (HANGZHOU, [Role.EMPLOYER_CLERK], False),
        (HANGZHOU, [Role.EMPLOYER_CLERK, Role.ACCEPTANCE_POINT], True),
        (LISHUI, [Role.EMPLOYER_CLERK], False),
        (LISHUI, [Role.EMPLOYER_CLERK, Role.COUNTY_HR], True),
        (ANJI, [Role.EMPLOYER_CLERK, Role.INDUSTRY_AUTHORITY, Role.COUNTY_HR], False),
        (JIAXING, [Role.EMPLOYER_CLERK, Role.ACCEPTANCE_POINT], False),
    ],
)
def test_the_form_can_be_exported_when_the_named_desk_has_passed(now, slug, passed, expected):
    """R-312."""
    application = case_of(slug, state=ApplicationState.IN_REVIEW)
    for position, role in enumerate(passed, 1):
        Step.objects.create(
            application=application,
            plan=application.plan,
            position=position,
            key=str(role),
            label=role.label,
            role=role,
            organisation=make_organisation(),
            state=StepState.PASSED,
            opened_at=now,
            decided_at=now,
        )

    assert is_exportable(application) is expected


def test_a_refused_case_prints_no_form(now):
    """R-312: the way to the committee has ended."""
    application = case_of(HANGZHOU, state=ApplicationState.REFUSED)

    assert not is_exportable(application)


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        (HANGZHOU, "中级职称评审表"),
        (SENIOR, "专业技术职务任职资格评审表"),
        (LISHUI, "专业技术职务任职资格评审表"),
    ],
)
def test_the_form_bears_the_name_of_the_notice_and_the_watermark(now, slug, title):
    """R-307, R-311, C-06, C-07: the watermark is taken literally, also where the notice does not print it."""
    sheet = sheet_of(form_of(case_of(slug), now))

    assert (sheet.title, sheet.watermark) == (title, WATERMARK)


@pytest.mark.parametrize(("slug", "copies"), [(JIAXING, 2), (LISHUI, 3), (HANGZHOU, 3), (SENIOR, 3)])
def test_paper_is_received_in_as_many_copies_as_the_notice_says(now, slug, copies):
    """R-308, R-319."""
    application = case_of(slug)
    form = form_of(application, now)
    clerk = staff_actor(application.plan.office, Role.COMMITTEE_OFFICE)
    act = {"form": form, "actor": clerk, "now": now}

    with pytest.raises(Refused, match=f"一式 {copies} 份"):
        receive_paper(copies=copies - 1, **act)
    assert receive_paper(copies=copies, **act) == receive_paper(copies=copies, **act)
    assert form.records.count() == 1


def test_a_revoked_certificate_is_not_given_out_and_says_why(client, now, at):
    """R-338, R-333, R-334: download refused; verification names day and document; a wrong digit finds nothing."""
    at(now)
    application = make_application(make_plan(), state=ApplicationState.REVOKED)
    report = ResultReport.objects.create(
        plan=application.plan, reported_at=now, state="issued", document_number="示范〔2026〕1号",
        issued_on=now.date(),
    )  # fmt: skip
    certificate = Certificate.objects.create(
        application=application, person=application.person, report=report, number="33010020261000001",
        code="verifying-code", holder_name="申报人甲", series="工艺美术", title="工艺美术师", level="intermediate",
        obtained_on=date(2026, 1, 5), issuer="示范市人力社保局", state="revoked", basis="示范人社函〔2026〕9号",
        ended_on=date(2026, 2, 27), file_hash="0" * 64,
    )  # fmt: skip
    asked = {"number": certificate.number, "name": "申报人甲"}

    page = client.post("/verify/", asked).content.decode()
    assert "撤销" in page
    assert "示范人社函〔2026〕9号" in page
    other = client.post("/verify/", asked | {"number": "33010020261000002"}).content.decode()
    assert "示范人社函" not in other
    sign_in(client, applicant_actor(application.person))
    answer = client.get(f"/applicant/certificates/{certificate.pk}/file/")
    assert "%PDF" not in answer.content.decode()
    assert "不能下载" in answer.content.decode()


def test_a_submission_keeps_the_archive_as_it_was(now):
    """R-041, R-389, R-399: a later version of the paper changes nothing that was submitted."""
    application = submitted(now, make_world(now))
    before = application.snapshots.get().content
    old = ItemVersion.objects.get(item__person=application.person, item__category="papers")
    ItemVersion.objects.create(
        item=old.item, number=2, state="approved", employer=old.employer, label="改名的论文",
        data=old.data | {"title": "改名的论文"}, saved_at=now, submitted_at=now, decided_at=now,
    )  # fmt: skip

    after = application.snapshots.get().content
    assert after == before
    labels = [item["label"] for item in json.loads(after)["items"] if item["category"] == "papers"]
    assert labels == ["窑温记录"]
    application.photo = None
    assert "改名" not in str(sheet_of(form_of(application, now)))


def test_people_and_units_see_their_own_rooms(client, now, at):
    """R-001, R-002: an applicant has no auditing menu; another unit's case is not there for a unit."""
    at(now)
    world = make_world(now)
    application = submitted(now, world)
    make_item(application.person, "appraisals", data={"year": 2025, "grade": "qualified"})
    sign_in(client, applicant_actor(application.person))
    home = client.get("/applicant/").content.decode()
    assert "业绩档案" in home
    assert "资格审查" not in home
    assert "档案审核" not in home

    sign_in(client, world.clerk)
    assert client.get(f"/employer/applications/{application.pk}/").status_code == 200
    sign_in(client, staff_actor(make_organisation()))
    assert client.get(f"/employer/applications/{application.pk}/").status_code == 404


def test_the_committee_waits_for_the_county(client, now, at):
    """R-006, R-007, R-013: what a desk has not passed, the next desk does not see."""
    at(now)
    world = make_world(now)
    application = submitted(now, world)
    for actor, room in ((world.officer, "committee"), (world.county_officer, "authority")):
        sign_in(client, actor)
        assert application.person.name not in client.get(f"/{room}/applications/").content.decode()
