"""The main job in Chromium: phones for people, desks for offices, the demo's own clock, ballots read from paper."""

import io

import pytest
from PIL import Image

from tests.journeys import steps
from tests.journeys.visitor import Upload
from zhiping.portals.demo.world.bodies import said

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NEWCOMER = "申报人㛃"


def snapshot() -> Upload:
    """A photo as a camera makes it: far too large, of the wrong shape."""
    picture, out = Image.effect_noise((3000, 2600), 12).convert("RGB"), io.BytesIO()
    picture.point(lambda value: min(255, value + 120)).save(out, "JPEG", quality=92)
    return Upload("IMG_0001.jpg", out.getvalue(), "image/jpeg")


def test_technician_becomes_an_engineer_by_the_skilled_way(stage):
    """嘉兴: R-083…R-087, R-157…R-166, R-276…R-279, R-315…R-332."""
    engineer, employer, office = (
        stage.seat("engineer"),
        stage.seat("engineering-employer"),
        stage.seat("jiaxing-office-a"),
    )
    draft = steps.start(engineer, "jiaxing-2026-engineering-intermediate-junior", "工程师")
    steps.fill_in(engineer, draft, pathway="skilled", photo=snapshot(), specialty="materials")
    steps.submit(engineer, draft)

    steps.pass_case(employer, "employer", "申报人乙")
    steps.publicise_in_unit(employer)
    steps.forward_case(employer, "申报人乙")
    for desk in ("jiashan-point", "jiashan-hr"):
        steps.pass_case(stage.seat(desk), "authority", "申报人乙")
    steps.pass_case(office, "committee", "申报人乙")

    from_acceptance_to_certificate(
        stage, office, engineer, "2026年", "申报人乙", 6, {"嘉兴市人力资源和社会保障局": "jiaxing-hr"}
    )


def from_acceptance_to_certificate(stage, office, applicant, plan, name, agree, bodies) -> None:
    steps.post_list(office, plan)
    office.press("结束公示，转入待评审")
    steps.hold_meeting(stage, office, plan, agree)
    steps.post_list(office, plan)
    office.press("结束公示，准备上报")
    publishing = {body: stage.seat(login) for body, login in bodies.items()}
    steps.report_and_publish(office, plan, publishing, number="演示人社发〔2026〕3号")
    number, pdf = steps.fetch_certificate(applicant)
    steps.verify(stage, number, name, pdf)


def test_newcomer_registers_and_becomes_a_senior_craftsman_by_self_score(stage):
    """浙江: from registration over archive and employer's audit to a certificate (R-026…R-048, R-080…R-102, R-267…R-332)."""
    model = next(each for each in said("people.yaml") if each["login"] == "craftsman")
    newcomer = stage.seats["newcomer"] = stage.visitor("newcomer")
    steps.register(newcomer, NEWCOMER)
    steps.write_archive(newcomer, model)
    employer, office = stage.seat("craft-employer"), stage.seat("craft-office-a")
    steps.approve_archive(employer, NEWCOMER)

    draft = steps.start(newcomer, "zhejiang-2025-arts-and-crafts-senior")
    steps.fill_in(newcomer, draft, pathway="self_scored", photo=snapshot())
    newcomer.open(f"{draft}score/")
    assert "已达到申报线" in newcomer.text
    steps.submit(newcomer, draft)

    steps.pass_case(employer, "employer", NEWCOMER)
    steps.publicise_in_unit(employer)
    steps.forward_case(employer, NEWCOMER)
    for desk in ("xihu-industry", "xihu-hr", "hangzhou-industry", "hangzhou-hr", "hangzhou-committee"):
        steps.pass_case(stage.seat(desk), "authority", NEWCOMER)
    steps.pass_case(office, "committee", NEWCOMER)

    bodies = {"浙江省人力资源和社会保障厅": "province-hr"}
    from_acceptance_to_certificate(stage, office, newcomer, "2025年度高级工艺美术师", NEWCOMER, 8, bodies)
