"""A phrase from draft to reader: project staff write and send it, somebody else lets it be read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
WRITER, APPROVER, READER = "fatima.elsayed", "mai.nguyen", "amina.yusuf"
PHRASES = "/ordkort/"
PHRASE = "svær at flytte ({width})"
OPENS = "Hvad ville gøre det første skridt kortere? ({width})"


def press_in_footer(page: Page, action: str) -> None:
    """A button of the form's foot, from the menu there where it is not the first."""
    button = page.locator(f"footer button{action}").first
    if not button.is_visible():
        page.locator("footer").get_by_role("button", name="Flere handlinger").click()
    with page.expect_navigation():
        button.click()


def is_read(visitor: Visitor, words: str, width: int) -> bool:
    page = visitor.open(PHRASES, width)
    return words in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_phrase_is_drafted_sent_approved_by_another_and_read(
    browser: Browser, stack: Stack, width: int
) -> None:
    phrase, opens = PHRASE.format(width=width), OPENS.format(width=width)
    writer, approver, reader = (
        Visitor(browser, stack, name) for name in (WRITER, APPROVER, READER)
    )

    page = writer.open("/redaktion/snippets/kb/phrase/add/", width)
    page.locator("[name=phrase]").fill(phrase)
    page.locator("[name=closes]").fill("At nogen kan flytte sig, når vejen er kort.")
    page.locator("[name=alternative]").fill(opens)
    with page.expect_navigation():
        page.get_by_role("button", name="Gem kladde").click()
    assert not is_read(reader, opens, width)
    expect(page.locator("footer button[name=action-publish]")).to_have_count(0)

    press_in_footer(page, "[name=action-submit]")
    expect(page.locator(".messages")).to_contain_text(phrase)
    assert not is_read(reader, opens, width)
    expect(waiting(writer, "Sendt af dig og ikke besvaret", width)).to_contain_text(phrase)
    expect(writer.page.get_by_text("Venter på din godkendelse")).to_have_count(0)

    panel = waiting(approver, "Venter på din godkendelse", width)
    with approver.page.expect_navigation():
        panel.get_by_role("link", name=phrase).click()
    page = approver.page
    expect(page.locator("[name=alternative]")).to_have_value(opens)
    assert english_on(page) == []
    press_in_footer(page, "[data-workflow-action-name=approve]")
    expect(page.locator(".messages")).to_contain_text(phrase)

    page = reader.open(PHRASES, width)
    expect(page.get_by_text(opens)).to_be_visible()
    assert axe_violations(page) == []
    assert beyond_the_edge(page) == []
    expect(waiting(approver, "Venter på din godkendelse", width)).not_to_contain_text(phrase)
    for visitor in (writer, approver, reader):
        assert visitor.problems == []
        visitor.context.close()


def waiting(visitor: Visitor, heading: str, width: int):
    """What stands under a heading of the editors' start page."""
    page = visitor.open("/redaktion/", width)
    title = page.get_by_role("heading", name=re.compile(f"^{heading}"))
    return page.locator(".start-panel").filter(has=title)
