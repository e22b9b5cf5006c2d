"""The text for the journal: one button makes it, one copies it, also by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import Stack
from .visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
WIDTHS = (1280, 390)
CLOSED = """
from sparring.models import SparringSession
session = SparringSession.objects.filter(state="closed", case__owner__username="amina.yusuf")
session = session.filter(case__status="active").order_by("-starts_at").first()
print(session.pk)
"""
FOCUSED = "() => (document.activeElement.innerText || document.activeElement.name || '')"
NAMED = "I dag talte vi med Mette Hansen om et værksted."


@pytest.fixture(scope="module")
def caseworker(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    visitor = Visitor(browser, stack, "amina.yusuf")
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=stack.url)
    yield visitor
    visitor.context.close()


@pytest.fixture(scope="module")
def address(stack: Stack) -> str:
    number = stack.manage("shell", "-v", "0", "-c", CLOSED).split()[-1]
    return f"/sparring/{number}/"


def look(visitor: Visitor) -> None:
    assert axe_violations(visitor.page) == []
    assert beyond_the_edge(visitor.page) == []
    assert english_on(visitor.page) == []
    assert visitor.problems == []


def tab_to(page: Page, text: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if text in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"no way by Tab to {text}")


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("width", WIDTHS)
def test_one_click_makes_it_and_one_copies_it(caseworker, address, width):
    page = caseworker.open(address, width)

    page.get_by_role("link", name="Tekst til journalen").click()
    page.get_by_role("button", name="Kopiér teksten").click()

    expect(page.locator("#copy-say")).to_have_text("Kopieret")
    field = page.get_by_label("Teksten")
    assert clipboard(page) == field.input_value()
    assert "Aftalt handling:" in clipboard(page)
    look(caseworker)


def test_by_keyboard_alone(caseworker, address):
    page = caseworker.open(address)

    tab_to(page, "Tekst til journalen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/")
    tab_to(page, "Kopiér teksten")
    page.keyboard.press("Enter")

    expect(page.locator("#copy-say")).to_have_text("Kopieret")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_name_is_marked_while_one_writes_and_holds_the_button_back(caseworker, address, width):
    page = caseworker.open(f"{address}journal/", width)
    copy = page.get_by_role("button", name="Kopiér teksten")
    expect(copy).to_be_enabled()

    page.get_by_label("Teksten").fill(NAMED)

    expect(page.locator("#check-text mark")).to_have_text("Mette Hansen")
    expect(copy).to_have_count(0)
    look(caseworker)
    page.get_by_role("button", name="Skriv »borgeren«").click()
    copy.click()
    expect(page.locator("#copy-say")).to_have_text("Kopieret")
    assert clipboard(page) == NAMED.replace("Mette Hansen", "borgeren")


def test_a_name_may_be_confirmed_and_stays_confirmed_while_one_writes(caseworker, address):
    page = caseworker.open(f"{address}journal/")
    field = page.get_by_label("Teksten")
    field.fill(NAMED)

    page.get_by_role("button", name="»Mette Hansen« må stå").click()
    copy = page.get_by_role("button", name="Kopiér teksten")
    expect(copy).to_be_enabled()
    field.press_sequentially(" Det gik godt.")
    expect(copy).to_be_enabled()
    copy.click()

    expect(page.locator("#copy-say")).to_have_text("Kopieret")
    assert clipboard(page) == f"{NAMED} Det gik godt."


def test_without_a_clipboard_the_text_is_marked(caseworker, address):
    page = caseworker.open(f"{address}journal/")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")

    page.get_by_role("button", name="Kopiér teksten").click()

    expect(page.locator("#copy-say")).to_contain_text("Teksten er markeret")
    field = page.get_by_label("Teksten")
    marked = page.evaluate("String(getSelection()) || document.activeElement.value")
    expect(field).to_be_focused()
    assert marked.strip() == field.input_value().strip()


def test_without_a_script_the_page_looks_over_what_was_typed(browser, stack, caseworker, address):
    context = browser.new_context(
        base_url=stack.url, locale="da-DK", java_script_enabled=False,
        storage_state=caseworker.context.storage_state(),
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{address}journal/")

    page.fill("[name=text]", NAMED)
    page.get_by_role("button", name="Tjek teksten igen").click()
    expect(page.locator("mark")).to_have_text("Mette Hansen")
    page.get_by_role("button", name="»Mette Hansen« må stå").click()

    expect(page.locator("[name=text]")).to_have_value(NAMED)
    expect(page.locator("mark")).to_have_count(0)
    context.close()
