"""A whole session by keyboard alone, clean by axe at every step; one clock in two browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .stack import Stack, running_stack
from .talk import (
    asked_again,
    begin,
    check,
    choose,
    first_session,
    focus,
    get_the_lead,
    press,
    step_on,
    write,
)
from .visits import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WITHOUT = "Gå videre uden bud fra"


@pytest.fixture
def stack(browser: Browser, tmp_path, django_db_setup, django_db_blocker) -> Iterator[Stack]:
    with django_db_blocker.unblock(), running_stack(tmp_path, name="session") as stack:
        yield stack


def go_on(page: Page, step: str) -> None:
    press(page, f"Videre: {step}")
    heading = page.locator("#step-heading")
    expect(heading).to_contain_text(step)
    expect(heading).to_be_focused()
    check(page)


def test_a_whole_session_by_keyboard(stack: Stack, browser: Browser) -> None:
    address, leader = first_session(stack)
    visitor = Visitor(browser, stack, "amina.yusuf")
    page = visitor.open(address)
    check(page)

    press(page, "Start sparringen")
    if asked_again(page):
        press(page, "Start alligevel")
    expect(page.locator("#step-heading")).to_be_visible()
    check(page)
    get_the_lead(stack, browser, leader, address, page)
    if "Sidst" in page.locator("#step-heading").inner_text():
        go_on(page, "Fortæl uden mappe")
    go_on(page, "Spørg til fakta")
    go_on(page, "Blindt bud")
    choose(page, 6)
    write(page, "because", "Har selv fundet to steder.")
    press(page, "Giv mit bud")
    expect(page.locator("main")).to_contain_text("Dit bud er med")
    for missing in range(page.get_by_role("button", name=WITHOUT).count(), 0, -1):
        expect(page.get_by_role("button", name=WITHOUT)).to_have_count(missing)
        press(page, WITHOUT)
    expect(page.locator("main")).to_contain_text("I siger alle 6")
    check(page)
    go_on(page, "Det, der virker")
    go_on(page, "Temakort")
    press(page, "Byt dette kort")
    expect(page.get_by_role("button", name="Byt dette kort")).to_have_count(0)
    expect(page.locator("#step-heading")).to_be_focused()
    write(page, "notes", "De spurgte, hvad vi venter på.")
    expect(page.locator("main")).to_contain_text("Gemt kl.")
    go_on(page, "Egen idé, så jeres")
    write(page, "text", "Ringe til værkstedet i dag.")
    press(page, "Tilføj idéen")
    expect(page.locator("#session-live")).to_contain_text("Ringe til værkstedet i dag.")
    press(page, "Plus: Ringe til værkstedet i dag.")
    plus = page.get_by_role("button", name="Plus:")
    expect(plus).to_have_attribute("aria-pressed", "true")
    expect(plus).to_be_focused()
    go_on(page, "Nyt bud og aftale")
    press(page, "Aftal den her")
    page.wait_for_url("**/afslut/")
    expect(page.locator("[name=what]")).to_have_value("Ringe til værkstedet i dag.")
    check(page)

    choose(page, 7)
    write(page, "because", "Før: ikke motiveret. Nu kom hun selv med to steder.")
    expect(page.locator("#check-id_because")).to_contain_text("lukker en dør")
    check(page)
    focus(page, name="kind")
    page.keyboard.press("ArrowDown")
    write(page, "citizen_told", "Vi tager derhen sammen.")
    press(page, "Luk sparringen")
    expect(page.locator("main")).to_contain_text("Det aftalte I")
    check(page)
    assert visitor.problems == []


def test_what_others_do_takes_no_press_away(stack: Stack, browser: Browser) -> None:
    address, leader = first_session(stack)
    presenter = Visitor(browser, stack, "amina.yusuf")
    one, other = presenter.open(address), Visitor(browser, stack, leader).open(address)
    begin(one)
    get_the_lead(stack, browser, leader, address, one)
    other.reload()
    if "Sidst" in one.locator("#step-heading").inner_text():
        step_on(one, "Fortæl uden mappe")
    for step in ("Spørg til fakta", "Blindt bud"):
        step_on(one, step)
    one.locator("input[name=value][value='6']").check(force=True)
    # What the check says of the text comes when the field is gone: it draws over nothing.
    checks: list[Route] = []
    one.route("**/sager/tekst/", lambda route: checks.append(route))  # noqa: PLW0108
    with one.expect_request("**/sager/tekst/"):
        one.fill("[name=because]", "Har selv fundet to steder.")
    one.get_by_role("button", name="Giv mit bud").click()
    expect(one.locator("main")).to_contain_text("Dit bud er med")
    for late in checks:
        with one.expect_response("**/sager/tekst/") as answered:
            late.continue_()
        answered.value.finished()
    one.unroute("**/sager/tekst/")
    expect(one.locator("main")).to_contain_text("Dit bud er med")
    for missing in range(one.get_by_role("button", name=WITHOUT).count(), 0, -1):
        expect(one.get_by_role("button", name=WITHOUT)).to_have_count(missing)
        one.get_by_role("button", name=WITHOUT).first.click()
    for step in ("Det, der virker", "Temakort", "Egen idé"):
        step_on(one, step)
    one.get_by_role("button", name="Pas: åbn de andres idéer").click()
    expect(other.get_by_label("Din idé")).to_be_visible(timeout=20_000)
    add_idea(other, "Ring i dag.")
    plus = one.get_by_role("button", name="Plus: Ring i dag.")
    expect(plus).to_be_visible(timeout=20_000)

    plus.focus()
    add_idea(other, "Tag med derhen.")
    second = one.get_by_role("button", name="Minus: Tag med derhen.")
    expect(second).to_be_visible(timeout=20_000)
    expect(plus).to_be_focused()

    # The first answer comes when the second one has drawn the place anew, and so do older news.
    news: list[Route] = []
    one.route("**/stand/**", lambda route: news.append(route))  # noqa: PLW0108  (Playwright marks it)
    with one.expect_request("**/stand/**"):
        pass
    waiting: list[Route] = []
    one.route("**/ide/*/", lambda route: waiting.append(route), times=1)  # noqa: PLW0108
    one.keyboard.press("Enter")
    second.press("Enter")
    expect(second).to_have_attribute("aria-pressed", "true")
    with one.expect_response("**/stand/**") as overtaken:
        news[0].continue_()
    overtaken.value.finished()
    waiting.pop().continue_()
    expect(plus).to_have_attribute("aria-pressed", "true")
    expect(second).to_be_focused()
    assert presenter.problems == []

    one.unroute_all()
    one.reload()
    one.get_by_role("button", name="Videre: Nyt bud").focus()
    elsewhere = Visitor(browser, stack, "amina.yusuf").open(address)
    elsewhere.get_by_role("button", name="Videre: Nyt bud").click()
    expect(one.locator("#step-heading")).to_contain_text("Nyt bud", timeout=20_000)
    expect(one.locator("#step-heading")).to_be_focused()


def add_idea(page: Page, text: str) -> None:
    expect(page.locator("#step-heading")).to_contain_text("Egen idé", timeout=20_000)
    page.get_by_label("Din idé").fill(text)
    page.get_by_role("button", name="Tilføj idéen").click()
    expect(page.locator("#session-live")).to_contain_text(text)


def test_two_browsers_show_one_clock_also_after_a_reload(stack: Stack, browser: Browser) -> None:
    address, leader = first_session(stack)
    pages = [Visitor(browser, stack, who).open(address) for who in ("amina.yusuf", leader)]
    one, driver = pages
    begin(one)
    driver.reload()
    following = driver.get_by_role("button", name="Videre:")
    step = following.inner_text().removeprefix("Videre:").strip()
    following.click()

    first = [deadline(page, step) for page in pages]
    for page in pages:
        page.reload()
    again = [deadline(page, step) for page in pages]

    assert len({*first, *again}) == 1
    for page in pages:
        expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^\d+:\d\d$"))


def deadline(page: Page, step: str) -> str | None:
    """When the step's time is up, once the page shows the step: others' steps take a moment."""
    expect(page.locator("#step-heading")).to_contain_text(step, timeout=20_000)
    return page.locator(".timer").get_attribute("data-deadline")
