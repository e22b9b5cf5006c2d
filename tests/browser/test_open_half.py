"""The open half in a real browser: the editor opens a section, and a visitor reads it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
EDITOR, METHOD = "birgitte.toft", "/metoder/gaa-samtale/"
SWITCHES = "/redaktion/aabne-afsnit/"


def test_an_editor_opens_the_methods_and_closes_them_again(browser: Browser, stack: Stack):
    visitor, editor = Visitor(browser, stack), Visitor(browser, stack, EDITOR)
    assert "/konto/login/" in visitor.open(METHOD).url

    for wanted in (True, False):
        page = editor.open(SWITCHES)
        page.locator("#id_open_methods").set_checked(wanted)
        page.get_by_role("button", name="Gem", exact=True).click()
        expect(page.get_by_text("Det er gemt og gælder fra nu af.")).to_be_visible()
        expect(page.locator("#id_open_methods")).to_be_checked(checked=wanted)
        seen = visitor.open(METHOD)
        assert ("/konto/login/" in seen.url) is not wanted
        if wanted:
            expect(seen.get_by_role("heading", name="Trin")).to_be_visible()
            assert seen.get_by_text("Prøvet af").count() == 0
            assert axe_violations(seen) == []
    for person in (visitor, editor):
        person.context.close()


def test_the_browser_lets_the_data_block_stand_and_runs_nothing(browser: Browser, stack: Stack):
    """A block that is no JavaScript is not run, so the strict policy has nothing against it."""
    visitor = Visitor(browser, stack)
    page = visitor.open("/artikler/relationen-er-ikke-pynt/")

    data = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")

    assert data["@type"] == "Article"
    assert visitor.problems == []
    visitor.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_visitor_goes_to_english_and_back(browser: Browser, stack: Stack, width: int):
    visitor = Visitor(browser, stack)
    page = visitor.open("/", width)

    page.get_by_role("navigation", name="Siden på andre sprog").get_by_role(
        "link", name="English"
    ).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_contain_text("more eyes see more")
    assert axe_violations(page) == []
    assert beyond_the_edge(page) == []
    page.get_by_role("link", name="About Sparringsrummet").click()
    page.wait_for_url("**/en/about/")
    assert axe_violations(page) == []
    page.get_by_role("link", name="Dansk", exact=True).click()
    page.wait_for_url("**/om-sparringsrummet/")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    assert visitor.problems == []
    visitor.context.close()
