"""An editor puts a footnote into running text, and a reader finds it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
THEME = "/temaer/naar-forventninger-udtrykkes/"
EVENT = "/arrangementer/temaeftermiddag-det-virker-i-beskaeftigelsesindsatsen/"


def test_an_editor_puts_a_footnote_in_and_a_reader_follows_it(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack, "birgitte.toft")
    page = visitor.open("/privatliv/")
    page.get_by_role("link", name="Redigér siden").click()
    field = page.locator("[data-contentpath] .public-DraftEditor-content").first
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.get_by_role("button", name="Fodnote med kilde").first.click()
    window = page.locator(".modal-body")
    window.get_by_label("Titel, forfatter, udgiver, år eller DOI").fill("handling projekt")
    choices = window.locator("a[data-chooser-modal-choice]")
    expect(choices).to_have_count(1)
    choices.click()
    window.get_by_label("Side eller afsnit").fill("s. 14")
    window.get_by_label("Sætningen, der bærer det").fill("Det står her.")
    window.get_by_role("button", name="Sæt fodnoten ind").click()
    note = field.locator(".TooltipEntity")
    expect(note).to_have_count(1)
    assert visitor.problems == []
    visitor.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", [THEME, EVENT])
def test_a_reader_goes_from_the_number_to_the_source_and_back(
    browser: Browser, stack: Stack, address: str, width: int
):
    visitor = Visitor(browser, stack, "mai.nguyen")
    page = visitor.open(address, width)
    mark = page.locator("p > sup.source-mark a").first
    mark.click()
    expect(page).to_have_url(f"{stack.url}{address}{mark.get_attribute('href')}")
    entry = page.locator(mark.get_attribute("href"))
    expect(entry).to_be_in_viewport()
    entry.get_by_role("link", name="Tilbage til teksten, kilde 1, sted 1").click()
    expect(mark).to_be_in_viewport()
    assert axe_violations(page) == []
    assert beyond_the_edge(page) == []
    assert english_on(page) == []

    visitor.open("/kilder/", width)
    assert axe_violations(page) == []
    assert beyond_the_edge(page) == []
    visitor.context.close()
