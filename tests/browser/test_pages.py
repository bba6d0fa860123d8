"""The main pages seen by axe: nothing serious stands in the way of people who use a keyboard or a screen reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = [
    ("", "/"),
    ("", "/plans/"),
    ("", "/verify/"),
    ("", "/accounts/signup/"),
    ("craftsman", "/applicant/"),
    ("craftsman", "/applicant/archive/"),
    ("craftsman", "/applicant/archive/papers/new/"),
    ("craftsman", "/applicant/profile/"),
    ("craft-employer", "/employer/"),
    ("craft-employer", "/employer/archive/"),
    ("xihu-hr", "/authority/applications/"),
    ("craft-office-a", "/committee/"),
    ("craft-office-a", "/committee/meetings/"),
    ("admin", "/operator/calendar/"),
]


def test_nothing_serious_stands_in_the_way(stage):
    """R-401 and ui.md: WCAG AA by machine on the main pages."""
    found, axe = [], Axe()
    for login, path in PAGES:
        visitor = stage.seat(login) if login else stage.guest()
        visitor.open(path)
        for each in axe.run(visitor.page).response["violations"]:
            if each["impact"] in ("serious", "critical"):
                nodes = [node["html"][:120] for node in each["nodes"][:3]]
                found.append(f"{path}: {each['id']} {nodes}")

    assert found == []
