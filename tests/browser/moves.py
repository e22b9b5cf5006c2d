"""People of an organisation that moves in: each task is done from the start page, by menus.

The five files `test_moves_in_<name>.py` stand for the five source systems. Their site is a copy of
the demo of their own (`house` in conftest), since they write, publish, sign up and cancel.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge, english_on

WIDTHS = (1280, 390)
TASK = [pytest.mark.browser, pytest.mark.slow, pytest.mark.acceptance]
BOTH_WIDTHS = pytest.mark.parametrize("width", WIDTHS)

CASEWORKER, COLLEAGUE, COORDINATOR = "amina.yusuf", "kasper.bruun", "signe.vestergaard"
LEADER, EDITOR, STAFF, APPROVER = "soren.kragh", "birgitte.toft", "fatima.elsayed", "mai.nguyen"
ELSEWHERE, NOBODY = "nadia.rahimi", ""
KNOWLEDGE = "Mere viden"
WRITE_HERE = "Skriv en ny side her"
# Wagtail's frame is wider than a phone, and its script speaks for itself.
ADMIN = "/redaktion/"


class Person(Visitor):
    """Somebody at a screen of one width, who gets about by links, buttons and keys."""

    def at(self, width: int) -> Person:
        """Sit down at the start page, on a screen of that width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto("/", wait_until="load")
        self.problems.clear()
        return self

    def home(self) -> Person:
        """Back to the start page by the name of the site."""
        self._follow(self.page.locator(".site-logo"))
        return self

    def menu(self, name: str) -> Page:
        """Choose an entry of the main menu, which a phone hides behind a button."""
        button = self.page.locator(".site-menu-button")
        if button.is_visible() and button.get_attribute("aria-expanded") != "true":
            button.click()
        entry = self.page.locator(".site-nav").get_by_role("link", name=name, exact=True)
        self._follow(entry)
        return self.page

    def knowledge(self, name: str) -> Page:
        """Choose a list beside the themes: articles, methods, events, sources and the others."""
        self.menu("Temaer")
        beside = self.page.get_by_role("complementary", name=KNOWLEDGE)
        self._follow(beside.get_by_role("link", name=name, exact=True))
        return self.page

    def theme(self, slug: str) -> Page:
        """Choose a theme among their cards."""
        self.menu("Temaer")
        self._follow(self.page.locator(f"main a[href$='/temaer/{slug}/']").first)
        return self.page

    def tool(self, name: str) -> Page:
        """Choose one of the tools of one's role on the start page."""
        self.home()
        tools = self.page.get_by_role("region", name="Dine værktøjer")
        self._follow(tools.get_by_role("link", name=name, exact=True))
        return self.page

    def case(self, code: str) -> Page:
        """Open one of one's own cases from the list."""
        self.menu("Sager")
        self._follow(self.page.get_by_role("link", name=f"Sag {code}", exact=True))
        return self.page

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> Page:
        """Follow a link of the page by its words."""
        exact = isinstance(name, str)
        self._follow(self.page.locator(within).get_by_role("link", name=name, exact=exact).first)
        return self.page

    def press(self, name: str | re.Pattern[str]) -> Page:
        """Press a button that sends something, and wait for the answer."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        return self.page

    def press_key(self, name: str | re.Pattern[str]) -> Page:
        """The same by keyboard alone."""
        button = self.page.get_by_role("button", name=name).first
        button.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.page

    def search(self, words: str) -> Page:
        """Type into the search of the header and press Enter."""
        field = self.page.get_by_label("Søg i historier, temaer og dine sager")
        field.focus()
        self.page.keyboard.type(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.page

    def fetch(self, name: str | re.Pattern[str]) -> bytes:
        """What a link hands out as a file."""
        link = self.page.locator("main").get_by_role("link", name=name).first
        expect(link).to_be_visible()
        address = link.get_attribute("href")
        assert address is not None
        answer = self.context.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        return answer.body()

    def looks_right(self) -> None:
        """What must hold on every page somebody reads."""
        assert axe_violations(self.page) == []
        assert english_on(self.page) == []
        assert beyond_the_edge(self.page) == []
        assert self.problems == []

    def _follow(self, link: Locator) -> None:
        expect(link).to_be_visible()
        with self.page.expect_navigation():
            link.click()


People = Callable[[str, int], Person]


def people_of(browser: Browser, stack: Stack) -> tuple[People, Callable[[], None]]:
    """Everybody by user name, logged in once; and how to send them home."""
    known: dict[str, Person] = {}

    def person(username: str, width: int) -> Person:
        if username not in known:
            known[username] = Person(browser, stack, username)
        return known[username].at(width)

    def leave() -> None:
        for one in known.values():
            one.context.close()

    return person, leave


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """The page tells this somewhere."""
    expect(page.locator("main")).to_contain_text(words)


def upload(person: Person, name: str, data: bytes, target: str) -> Page:
    """Read a document in, in the editors' admin, and see every paragraph accounted for."""
    page = person.tool("Redigér sider, tekster og filer")
    admin_menu(page, "Læs et dokument ind")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_label(target, exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Læs dokumentet").click()
    expect(page.locator("main")).to_contain_text("der er gjort rede for hvert af dem")
    return page


def draft(page: Page, title: str, **more: str) -> Page:
    """Make the draft of what was read in, and open it."""
    page.locator("[name=title]").fill(title)
    for name, value in more.items():
        page.locator(f"[name={name}]").fill(value)
    with page.expect_navigation():
        page.get_by_role("button", name="Lav kladden").click()
    if "/edit/" not in page.url:
        with page.expect_navigation():
            page.get_by_role("link", name="Åbn kladden").click()
    return page


def admin_menu(page: Page, name: str) -> None:
    """An entry of the editors' menu, which a phone hides behind a button."""
    entry = page.locator(".sidebar-menu-item__link", has_text=name).first
    toggle = page.locator("button.sidebar-nav-toggle")
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    with page.expect_navigation():
        entry.click()


ASKED = "gør det samme en gang til"


def publish(page: Page) -> None:
    """Publish the open page, and once more where the check of texts asked something."""
    press_publish(page)
    if ASKED in page.locator("body").inner_text():
        press_publish(page)


def press_publish(page: Page) -> None:
    """The button »Udgiv« of the editors' admin, from the menu at the page's foot."""
    footer = page.locator("footer")
    button = footer.locator("button[name='action-publish']")
    if not button.is_visible():
        footer.locator("[data-w-dropdown-target='toggle'], .w-dropdown__toggle").first.click()
    with page.expect_navigation():
        page.locator("button[name='action-publish']").click()


def mails(stack: Stack, to: str) -> str:
    """What was written to somebody, the jobs done first."""
    stack.run_jobs()
    return "\n".join(_text(path) for path in sorted(stack.mail.iterdir()) if to in _text(path))


def _text(path: Path) -> str:
    parts = re.split(rb"^-{70,}$", path.read_bytes(), flags=re.MULTILINE)
    written = []
    for raw in parts:
        mail = message_from_bytes(raw.lstrip(), policy=default)
        body = mail.get_body(("plain",))
        if body is not None:
            written.append(f"{mail['To']}\n{mail['Subject']}\n{body.get_content()}")
    return "\n".join(written)
