"""The coordinator's week in a real browser: what lacks somebody, and the way to the repair."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
COORDINATOR = "signe.vestergaard"


def check(page: Page) -> None:
    """Nothing to complain about, at both widths."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == []
        assert beyond_the_edge(page) == []
        assert english_on(page) == []


def test_the_overview_leads_to_the_repair_in_one_click(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack, COORDINATOR)
    page = visitor.open("/")
    expect(page.get_by_role("heading", name="Mangler nogen")).to_be_visible()
    check(page)

    page.get_by_role("link", name=re.compile("^Reparer")).click()

    expect(page).to_have_url(re.compile("/sparring/reparation/$"))
    visitor.context.close()
