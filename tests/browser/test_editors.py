"""The editors' house in Chromium: start page, the panel of checks while writing, the block picker.

By keyboard where it says so; at the width of a desk and of a telephone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
EDITOR = "birgitte.toft"
WIDTHS = (1280, 390)
NARROW = 390


@pytest.fixture(scope="module")
def visitor(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    person = Visitor(browser, stack, EDITOR)
    yield person
    person.context.close()


def new_text_page(visitor: Visitor, width: int) -> Page:
    """The form of a new text page below the front page."""
    numbers = re.findall(r"/redaktion/pages/(\d+)/", visitor.open("/redaktion/pages/").content())
    home = min(int(number) for number in numbers if int(number) > 1)  # below the root
    return visitor.open(f"/redaktion/pages/add/kb/standardpage/{home}/", width)


def intro(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Indledning")


def open_panel(page: Page) -> Locator:
    """The panel of checks, opened with the keyboard; what it says."""
    toggle = page.locator("[data-side-panel-toggle=checks]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.focus()
        page.keyboard.press("Enter")
    result = page.locator("[data-content-check-result]")
    expect(result).to_contain_text("LIX")
    return result


def picker(page: Page) -> Locator:
    """The choice of blocks for the body."""
    page.locator("[data-contentpath=body] .c-sf-add-button, .c-sf-add-button").first.click()
    choice = page.get_by_role("option", name="Citat", exact=True)
    expect(choice).to_be_visible()
    return choice


def ours(violations: list[tuple[str, list[str]]], mark: str) -> list[tuple[str, list[str]]]:
    """What axe finds in our own parts; Wagtail's are Wagtail's."""
    return [(rule, nodes) for rule, nodes in violations if any(mark in node for node in nodes)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_start_page_says_what_waits_in_the_products_own_dress(
    visitor: Visitor, width: int
) -> None:
    page = visitor.open("/redaktion/", width)

    expect(page.get_by_role("heading", name=re.compile("^Tal uden kilde"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^Dine kladder"))).to_be_visible()
    assert "Sparringsrummet" in page.title()
    assert page.locator("link[rel=icon]").get_attribute("href", timeout=1000).endswith(".svg")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"IBM Plex Sans')
    assert english_on(page) == []
    assert ours(axe_violations(page), "start-") == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert visitor.problems == []


def test_a_panel_leads_to_its_report_and_back_to_the_thing(visitor: Visitor) -> None:
    page = visitor.open("/redaktion/")
    panel = page.locator(".start-panel", has_text="Søgninger uden svar")

    panel.get_by_role("link", name="Se alle").click()

    expect(page).to_have_url(re.compile("/soegninger-uden-svar/"))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_check_follows_what_is_written_by_keyboard_alone(visitor: Visitor, width: int) -> None:
    page = new_text_page(visitor, width)
    result = open_panel(page)
    expect(result).to_contain_text("Intet at se på.")

    if width == NARROW:  # the panel covers the form: close it, write, open it again
        page.locator("[data-form-side-close-button]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-side-panel=checks]")).to_be_hidden()
    intro(page).focus()
    page.keyboard.type("Mette fik hjælp, og det virkede for 27 % af alle.")
    open_panel(page)

    expect(result).to_contain_text("2 ting at se på", timeout=20_000)
    expect(result).to_contain_text("Navne og numre på mennesker")
    expect(result).to_contain_text("Tal uden kilde")
    assert ours(axe_violations(page), "content-check") == []

    button = result.get_by_role("button", name="Gå til: Mette")
    button.focus()
    page.keyboard.press("Enter")
    expect(intro(page)).to_be_focused()
    expect(page.locator("[data-side-panel=checks]")).to_be_visible(visible=width != NARROW)
    if width == NARROW:
        return
    page.keyboard.press("Control+a")
    page.keyboard.type("En kvinde fik hjælp.")
    expect(result).to_contain_text("Intet at se på.", timeout=5000)
    assert english_on(page) == []
    assert [problem for problem in visitor.problems if "a request to" in problem] == []


def test_the_check_reads_rich_text_as_it_is_typed(visitor: Visitor) -> None:
    page = new_text_page(visitor, 1280)
    result = open_panel(page)
    picker(page)
    page.get_by_role("option", name="Tekst", exact=True).click()
    page.locator("[data-contentpath=body] [contenteditable=true]").last.click()

    page.keyboard.type("Hassan kom i praktik.")

    expect(result).to_contain_text("Hassan", timeout=5000)
    expect(result).to_contain_text("Brødtekst, blok 1: Tekst")


def test_a_block_shows_what_it_is_for_and_an_example_before_it_is_picked(
    visitor: Visitor,
) -> None:
    page = new_text_page(visitor, 1280)
    picker(page)

    row = page.locator(".w-combobox__option-row", has_text="Citat")
    row.get_by_role("button", name="Forhåndsvis").click()

    expect(page.get_by_text("En sætning at huske, og hvem der sagde den.")).to_be_visible()
    example = page.frame_locator("iframe[src*='block-preview']")
    expect(example.get_by_text("Da nogen troede på mig, turde jeg prøve.")).to_be_visible()


def test_publishing_asks_and_a_second_time_publishes(visitor: Visitor) -> None:
    page = new_text_page(visitor, 1280)
    page.locator("[name=title]").fill("Tekst der nævner nogen")
    intro(page).fill("Mette fik hjælp.")

    def publish() -> None:
        page.get_by_role("button", name="Flere handlinger").click()
        page.get_by_role("button", name="Udgiv", exact=True).click()

    publish()
    expect(page.locator(".messages")).to_contain_text("Gemt som kladde og ikke udgivet.")
    expect(page.locator(".messages")).to_contain_text("Mette")
    publish()
    expect(page.locator(".messages")).to_contain_text("Tekst der nævner nogen")
    expect(page.locator(".messages")).not_to_contain_text("ikke udgivet")
