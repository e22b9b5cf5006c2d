"""The coordinator's week in a real browser: a changed draft, »ikke den uge«, the repair."""

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


def make_draft(visitor: Visitor) -> Page:
    page = visitor.open("/sparring/plan/")
    page.get_by_role("button", name="Lav en kladde").click()
    expect(page.locator("main")).to_contain_text("En kladde tager ingens tid")
    return page


def test_a_changed_draft_says_what_planning_again_gives_and_does_it(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack, COORDINATOR)
    page = make_draft(visitor)
    expect(page.get_by_role("button", name="Planlæg igen")).to_have_count(0)
    address = page.url

    page.get_by_role("button", name=re.compile("^Tag ud")).first.click()
    visitor.open(address.removeprefix(visitor.site))
    expect(page.get_by_role("heading", name="Kladden er ændret")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Planlæg igen").dblclick()

    expect(page.locator("main")).not_to_contain_text("Kladden er ændret")
    assert visitor.problems == []
    visitor.context.close()


def test_a_presenter_keeps_a_week_free_and_takes_it_back(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack, COORDINATOR)
    page = make_draft(visitor)
    text = page.locator(".task__summary").first.inner_text()
    presenter = text.split(" med ")[0].strip().lower().replace(" ", ".")
    visitor.context.close()

    visitor = Visitor(browser, stack, presenter)
    page = visitor.open("/sparring/", 390)
    expect(page.get_by_role("heading", name="Foreslået, ikke udgivet endnu")).to_be_visible()
    check(page)
    before = page.get_by_role("button", name=re.compile("^Ikke den uge")).count()
    page.get_by_role("button", name=re.compile("^Ikke den uge")).first.press("Enter")
    expect(page.locator("body")).to_contain_text("Ugen holdes fri for dine sager")
    expect(page.get_by_role("button", name=re.compile("^Ikke den uge"))).to_have_count(before - 1)
    check(page)
    page.get_by_role("button", name=re.compile("^Den passer alligevel")).click()
    expect(page.locator("body")).to_contain_text("Du kan få sparring med dine sager i den uge igen")
    assert visitor.problems == []
    visitor.context.close()


def test_the_overview_leads_to_the_repair_in_one_click(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack, COORDINATOR)
    page = visitor.open("/")
    expect(page.get_by_role("heading", name="Mangler nogen")).to_be_visible()
    check(page)

    page.get_by_role("link", name=re.compile("^Reparer")).click()

    expect(page).to_have_url(re.compile("/sparring/reparation/$"))
    visitor.context.close()
