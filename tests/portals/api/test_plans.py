"""Results, counts and verification within the reach of the calling body (issue 3 §11, R-331…R-338)."""

import pytest
from django.core.cache import cache

from tests.factories.committees import World
from tests.factories.committees import make_application as make_case
from tests.factories.exchange import Machine, token_for
from tests.factories.hours import make_training_body
from tests.factories.people import make_organisation
from zhiping.applications.states import ApplicationState
from zhiping.certificates.models import Certificate, ResultReport
from zhiping.certificates.states import CertificateState
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(at, now):
    cache.clear()
    at(now)


@pytest.fixture
def world(now):
    return World(now)


def bureau(region, name):
    return make_organisation(name, kind=OrganisationKind.HR_AUTHORITY, region=region)


def certify(world, employer, number, *, state=CertificateState.VALID):
    """A certificate in the register without the way to it."""
    case = make_case(world.plan, state=ApplicationState.CERTIFIED, employer=employer)
    report, _ = ResultReport.objects.get_or_create(
        plan=world.plan,
        defaults={
            "state": "issued",
            "document_number": "示范人社发〔2026〕12号",
            "issued_on": world.now.date(),
            "reported_at": world.now,
        },
    )
    ended = {"basis": "撤销文件", "ended_on": world.now.date()} if state == CertificateState.REVOKED else {}
    return Certificate.objects.create(
        state=state,
        application=case,
        person=case.person,
        report=report,
        number=number,
        code=f"code-{number}",
        holder_name=case.person.name,
        series=world.plan.series,
        title="工艺美术师",
        level="intermediate",
        obtained_on=world.now.date(),
        issuer="示范市人力社保局",
        file_hash=f"{number:0>64}",
        **ended,
    )


def test_a_bureau_gets_the_results_of_its_region_and_no_others(world, now):
    near = make_organisation("近处的单位", region="330106", credit_code="91350100M000100Y43")
    far = make_organisation("远处的单位", region="330402")
    here, there = certify(world, near, "A1"), certify(world, far, "A2")
    path = f"/api/v1/plans/{world.plan.slug}/results"

    county = Machine(token_for(bureau("330106", "区局"), now)).get(path)
    city = Machine(token_for(bureau("330400", "外市局"), now)).get(path)
    province = Machine(token_for(bureau("330000", "省厅"), now)).get(path)

    assert [each["number"] for each in county.json()["items"]] == ["A1"]
    assert county.json()["items"][0]["holder"] == here.holder_name
    assert county.json()["items"][0]["employer_credit_code"] == "91350100M000100Y43"
    assert there.holder_name not in county.content.decode()
    assert [each["number"] for each in city.json()["items"]] == ["A2"]
    assert [each["number"] for each in province.json()["items"]] == ["A1", "A2"]


def test_an_employer_and_an_industry_authority_get_their_own(world, now):
    department = make_organisation("经信局", kind=OrganisationKind.INDUSTRY_AUTHORITY)
    mine = make_organisation("下属单位", parent=department)
    certify(world, mine, "A1")
    certify(world, make_organisation("别家单位"), "A2")
    path = f"/api/v1/plans/{world.plan.slug}/results"

    for body in (department, mine):
        told = Machine(token_for(body, now)).get(path).json()
        assert [each["number"] for each in told["items"]] == ["A1"], body.name


def test_the_office_gets_its_plans_results_page_by_page(world, now):
    for number in range(5):
        certify(world, make_organisation(), f"A{number}")
    machine = Machine(token_for(world.office, now))
    path = f"/api/v1/plans/{world.plan.slug}/results"

    first = machine.get(path, limit=3).json()
    rest = machine.get(path, limit=3, cursor=first["next"]).json()

    assert [each["number"] for each in first["items"] + rest["items"]] == [f"A{n}" for n in range(5)]
    assert rest["next"] is None
    assert machine.get("/api/v1/plans", cursor=first["next"]).status_code == 422  # of another list


def test_a_certificate_that_is_still_being_made_is_not_given_out(world, now):
    near = make_organisation(region="330106")
    certify(world, near, "A1", state=CertificateState.PENDING)
    machine = Machine(token_for(bureau("330106", "区局"), now))

    assert machine.get(f"/api/v1/plans/{world.plan.slug}/results").json()["items"] == []
    assert (
        machine.post("/api/v1/certificates/verify", {"number": "A1", "name": "申报人甲"}).status_code == 404
    )


def test_a_plan_nobody_published_is_not_found(world, now):
    machine = Machine(token_for(bureau("330106", "区局"), now))
    type(world.plan).objects.update(state="draft")

    for part in ("results", "statistics"):
        done = machine.get(f"/api/v1/plans/{world.plan.slug}/{part}")
        assert done.json()["code"] == "not_found"


def test_verification_says_what_the_public_page_says_and_no_more(world, now):
    """An unknown number and a wrong name get the same answer; the name is masked (R-334)."""
    found = certify(world, make_organisation(), "A1", state=CertificateState.REVOKED)
    machine = Machine(token_for(make_training_body(), now))
    path = "/api/v1/certificates/verify"

    right = machine.post(path, {"number": "A1", "name": found.holder_name})
    wrong = machine.post(path, {"number": "A1", "name": "别人"})
    unknown = machine.post(path, {"number": "A9", "name": found.holder_name})

    assert right.json()["state"] == "revoked"
    assert right.json()["basis"] == "撤销文件"
    assert found.holder_name not in right.content.decode()
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
    assert wrong.status_code == 404


def test_counts_hide_what_is_small_and_what_would_betray_it(world, now):
    near = make_organisation(region="330106")
    for state, number in (("in_review", 12), ("accepted", 7), ("refused", 2)):
        for _ in range(number):
            make_case(world.plan, state=state, employer=near)
    make_case(world.plan, state="accepted", employer=make_organisation(region="330402"))
    make_case(world.plan, state="draft", employer=near)

    told = Machine(token_for(bureau("330106", "区局"), now)).get(
        f"/api/v1/plans/{world.plan.slug}/statistics"
    )

    counts = {each["state"]: each["count"] for each in told.json()["counts"]}
    assert told.json()["total"] == 21
    assert (counts["in_review"], counts["accepted"], counts["refused"]) == (12, None, None)
    assert counts["revoked"] == 0
    assert "draft" not in counts


def test_lists_take_the_same_number_of_queries_however_long(world, now, django_assert_max_num_queries):
    for number in range(12):
        certify(world, make_organisation(region="330106"), f"A{number}")
    machine = Machine(token_for(bureau("330106", "区局"), now))
    with django_assert_max_num_queries(15):
        machine.get(f"/api/v1/plans/{world.plan.slug}/results")
