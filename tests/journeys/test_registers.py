"""Who is in the registers uploads nothing; who is not is told so and uploads (R-043, R-044, R-369, R-370)."""

import pytest
from django.core.cache import cache

from tests.factories.archive import pdf_bytes
from tests.journeys import steps
from tests.journeys.visitor import Upload
from zhiping.achievements.facts import record_of
from zhiping.achievements.queries import approved_versions
from zhiping.auditlog.queries import breaks
from zhiping.identity.models import Person
from zhiping.portals.demo.management.commands.demo_world import make_world
from zhiping.portals.demo.world.bodies import said

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
AUTO = "/applicant/archive/auto/"
PROOF = Upload("证明.pdf", pdf_bytes("证明"))


@pytest.fixture
def registers(first_morning, sandbox, settings):
    """The demo's world with education and insurance connected."""
    cache.clear()
    make_world(first_morning)
    settings.RECORD_URLS = {name: f"{sandbox.base}/{name}" for name in ("education", "insurance")}
    yield sandbox.stand_ins
    cache.clear()


def ask(visitor, expected):
    visitor.open(AUTO)
    visitor.press("再查一次" if visitor.offers("再查一次") else "一键提取")
    visitor.wait_for(expected)


def test_a_degree_from_before_2001_is_not_found_and_uploaded(stage, registers):
    """R-044: not found → upload; down meanwhile → said, and nothing stops her."""
    she, clerk = stage.guest(), stage.seat("engineering-employer")
    steps.register(she, "申报人午")
    registers["education"].switch.turn("down", times=1)
    ask(she, "暂时连不上")
    ask(she, "2001年以前的学历")
    assert "没有查到" in she.text

    engineer = next(each for each in said("people.yaml") if each["login"] == "engineer")
    diploma = {"level": "college", "degree": "none", "school": "示范工业学校", "is_related": "true"}
    diploma |= {"graduated_on": "1992-07", "mode": "full_time", "origin": "domestic"}
    model = {
        "employer": engineer["employer"],
        "profile": engineer["profile"],
        "items": [{"education": diploma}],
    }
    steps.write_archive(she, model)
    steps.approve_archive(clerk, "申报人午")

    [approved] = approved_versions(Person.objects.get(name="申报人午"))
    assert (
        record_of(approved)["verified_online"] is False
    )  # the packs go on asking for the verification
    assert approved.evidence_links.count() == 1
    assert list(breaks()) == []


def test_insurance_out_of_the_province_is_taken_where_it_was_carried_over_and_else_proved(stage, registers):
    """R-370: in and out of the province; what is missing is named and can be uploaded."""
    carried, missing = stage.seat("engineer"), stage.seat("centre-engineer")
    ask(carried, "苏州示范机电有限公司")
    assert "江苏省苏州市，省外" in carried.text
    carried.follow("核对并确认", row="苏州示范机电有限公司")
    carried.press("采用", work="skill", is_related="true")
    assert "不用上传材料" in carried.text
    clerk = stage.seat("engineering-employer")
    clerk.open("/employer/archive/")
    clerk.follow("申报人乙")
    clerk.follow("苏州示范机电有限公司")
    assert "登记系统已核验" in clerk.text
    clerk.press("通过")

    ask(missing, "2009年3月以前的省外参保记录这次查不到")
    missing.open("/applicant/archive/employment/new/")
    told = {"from": "2003-07", "to": "2009-02", "employer": "苏州示范机电有限公司"}
    told |= {"employer_kind": "enterprise", "work": "skill", "is_related": "true"}
    missing.press("保存并送单位审核", **{"file-relation": PROOF}, **told)
    assert "送单位审核" in missing.text

    own = approved_versions(Person.objects.get(name="申报人乙")).filter(item__category="employment")
    jobs = {each.data["employer"]: each for each in own}
    assert (jobs["苏州示范机电有限公司"].data["from"], jobs["苏州示范机电有限公司"].data["to"]) == (
        "2003-07",
        "2008-06",
    )
    assert not jobs["苏州示范机电有限公司"].evidence_links.exists()
