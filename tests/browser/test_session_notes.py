"""Notes of a running session in two and three browsers, on two devices, and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from .stack import Stack, running_stack
from .talk import begin, check, first_session, focus, get_the_lead, its_colleagues, press, step_on
from .visits import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SOON = 30_000
# A third person: the demo's next session has two.
ONE_MORE = """
from people.models import Employee
from sparring.models import Participation, SparringSession
talk = SparringSession.objects.filter(state="planned", case__owner__username="amina.yusuf")
talk = talk.order_by("starts_at").first()
there = talk.participations.values("employee")
more = Employee.objects.filter(unit__municipality=talk.case.municipality).exclude(pk__in=there)
more = more.filter(participations__isnull=True).first() or more.first()
Participation.objects.create(
    session=talk, employee=more, role="colleague", answer="yes", holds_time=False,
    during=(talk.starts_at, talk.ends_at),
)
"""


@pytest.fixture(scope="module")
def stack(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Stack]:
    path = tmp_path_factory.mktemp("notes")
    with django_db_blocker.unblock(), running_stack(path, name="notes") as stack:
        yield stack


@pytest.fixture(scope="module")
def talk(stack: Stack, browser: Browser) -> tuple[str, list[str]]:
    """The address of a session that runs, and everybody in it: presenter, leader, colleagues."""
    address, leader = first_session(stack)
    stack.manage("shell", "-v", "0", "-c", ONE_MORE)
    colleagues = its_colleagues(stack)
    begin(Visitor(browser, stack, "amina.yusuf").open(address))
    return address, ["amina.yusuf", leader, *colleagues]


def notes(page: Page) -> Any:
    return page.locator("textarea#notes")


def others(page: Page) -> Any:
    return page.locator("#session-notes")


def saved(page: Page) -> None:
    expect(page.locator("form[data-own-notes] [data-autosave-status]")).to_have_attribute(
        "data-state", "saved", timeout=SOON
    )


def saves(request: Request, text: str) -> bool:
    """Whether it saves that text; the check of what is written sends it too."""
    return bool(request.headers.get("x-autosave")) and text in (request.post_data or "")


def at_the_end(page: Page, text: str) -> None:
    """Write on, as one does: the caret stands behind what is there."""
    notes(page).press("Control+End")
    page.keyboard.type(text)


def test_two_write_at_once_and_nothing_is_lost_without_a_reload(talk, stack, browser) -> None:
    address, people = talk
    one, other = (Visitor(browser, stack, who) for who in people[:2])
    pages = [visitor.open(address) for visitor in (one, other)]
    for page, text in zip(pages, ("Hun kom selv med to steder.", "Spørg smeden."), strict=True):
        at_the_end(page, text)

    expect(others(pages[0])).to_contain_text("Spørg smeden.", timeout=SOON)
    expect(others(pages[1])).to_contain_text("Hun kom selv med to steder.", timeout=SOON)
    at_the_end(pages[0], " Og en nøgle.")
    expect(others(pages[1])).to_contain_text("to steder. Og en nøgle.", timeout=SOON)

    expect(notes(pages[0])).to_be_focused()
    expect(notes(pages[0])).to_have_value("Hun kom selv med to steder. Og en nøgle.")
    expect(notes(pages[1])).to_have_value("Spørg smeden.")
    assert one.problems == other.problems == []
    check(pages[1])


def test_three_browsers_a_phone_each_and_a_shared_screen(talk, stack, browser) -> None:
    """The presenter's screen is shared and they write on their phone as well."""
    address, people = talk
    screen, phone = (Visitor(browser, stack, people[0]).open(address) for _ in range(2))
    colleague = Visitor(browser, stack, people[2]).open(address)
    phone.set_viewport_size({"width": 390, "height": 800})
    before = notes(screen).input_value()

    at_the_end(screen, "\nFra skærmen.")
    at_the_end(phone, "\nFra telefonen.")
    at_the_end(colleague, "\nFra kollegaen.")

    for page in (screen, phone):
        expect(others(page)).to_contain_text("Fra kollegaen.", timeout=SOON)
        for text in ("Fra skærmen.", "Fra telefonen."):
            expect(notes(page)).to_have_value(containing(text), timeout=SOON)
        assert notes(page).input_value().startswith(before)
    for text in ("Fra skærmen.", "Fra telefonen."):
        expect(others(colleague)).to_contain_text(text, timeout=SOON)
    assert notes(screen).input_value().count("Fra telefonen.") == 1


def test_a_network_that_is_away_for_a_while_loses_nothing(talk, stack, browser) -> None:
    address, people = talk
    mine = Visitor(browser, stack, people[0])
    page, other = mine.open(address), Visitor(browser, stack, people[1]).open(address)
    status = page.locator("form[data-own-notes] [data-autosave-status]")

    mine.context.set_offline(True)
    at_the_end(page, "\nSkrevet uden net.")
    expect(status).to_have_attribute("data-state", "failed", timeout=SOON)
    at_the_end(other, "\nImens uden ham.")
    saved(other)
    at_the_end(page, " Og lidt til.")
    expect(page.locator("#site-alert")).not_to_be_empty(timeout=SOON)
    mine.context.set_offline(False)

    saved(page)
    expect(others(other)).to_contain_text("Skrevet uden net. Og lidt til.", timeout=SOON)
    expect(others(page)).to_contain_text("Imens uden ham.", timeout=SOON)
    expect(page.locator("#site-alert")).to_be_empty(timeout=SOON)


def test_what_was_taken_out_is_brought_back_by_keyboard(talk, stack, browser) -> None:
    address, people = talk
    page = Visitor(browser, stack, people[1]).open(address)
    at_the_end(page, "\nDen gode sætning.")
    saved(page)
    notes(page).press("Control+a")
    with page.expect_response(lambda answer: saves(answer.request, "Hov.")):
        page.keyboard.type("Hov.")
    saved(page)
    page.reload()
    expect(notes(page)).to_have_value("Hov.")

    press(page, "Hent noget frem, du har rettet")
    page.wait_for_url("**/noter/tidligere/")
    check(page)
    focus(page, text="Hent det frem igen")
    page.keyboard.press("Enter")

    expect(notes(page)).to_have_value(containing("Den gode sætning."))


def test_a_step_that_changes_takes_no_half_written_idea(talk, stack, browser) -> None:
    address, people = talk
    page = Visitor(browser, stack, people[0]).open(address)
    get_the_lead(stack, browser, people[1], address, page)
    if "Sidst" in page.locator("#step-heading").inner_text():
        step_on(page, "Fortæl uden mappe")
    for step in ("Spørg til fakta", "Blindt bud"):
        step_on(page, step)
    other = Visitor(browser, stack, people[1]).open(address)
    other.locator("[name=because]").fill("Halvt skrevet")
    page.get_by_role("button", name="Tilbage").click()
    expect(other.locator("#step-heading")).to_contain_text("Spørg til fakta", timeout=SOON)

    expect(notes(other)).to_have_value(containing("Halvt skrevet"))


def containing(text: str) -> Any:
    return re.compile(re.escape(text))
