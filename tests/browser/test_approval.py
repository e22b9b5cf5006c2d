"""A row of a list, from the one who writes it to the reader, past the one who approves it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
STAFF, APPROVER, READER, ADMINISTRATOR = (
    "fatima.elsayed", "birgitte.toft", "amina.yusuf", "piotr.nowak"
)  # fmt: skip
PHRASE = "Vi må se tiden an"


def press(page: Page, name: str) -> None:
    """A button of the form's menu, which is folded up behind its first."""
    page.locator(f"footer [name='{name}']").first.evaluate("button => button.click()")
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_phrase_is_written_approved_and_read(browser: Browser, stack: Stack, width: int) -> None:
    phrase = f"{PHRASE} {width}"
    staff, approver, reader = (Visitor(browser, stack, name) for name in (STAFF, APPROVER, READER))

    page = staff.open("/redaktion/snippets/kb/phrase/add/", width)
    page.locator("[name=phrase]").fill(phrase)
    page.locator("[name=closes]").fill("At noget kan begynde i dag.")
    page.locator("[name=alternative]").fill("Det første, vi kan prøve, er …")
    press(page, "action-submit")
    assert phrase not in reader.open("/ordkort/", width).inner_text("main")

    page = approver.open("/redaktion/snippets/kb/phrase/", width)
    page.get_by_role("link", name=phrase).first.click()
    press(page, "action-publish")

    shown = reader.open("/ordkort/", width)
    expect(shown.get_by_role("heading", name=phrase)).to_be_visible()
    assert axe_violations(shown) == []
    for visitor in (staff, approver, reader):
        visitor.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address", ["/redaktion/brugere/", "/redaktion/genlaesning/", "/redaktion/aldrig-laest/"]
)
def test_the_pages_of_those_who_keep_it_are_danish_and_readable(
    browser: Browser, stack: Stack, address: str, width: int
) -> None:
    visitor = Visitor(browser, stack, ADMINISTRATOR)

    page = visitor.open(address, width)

    assert english_on(page) == []
    assert page.locator("main h1, main h2, h1").first.is_visible()
    assert visitor.problems == []
    visitor.context.close()
