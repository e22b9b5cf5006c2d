"""Visiting the running site as one of the demo's people, and what must hold on every page."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from devtools.texts import source
from people.demo import DEMO_CREDENTIAL
from tests.browser.stack import Stack

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
BEYOND_THE_EDGE = """() => {
  const width = document.documentElement.clientWidth;
  const beyond = [...document.querySelectorAll('main *, header *, footer *')].filter(
    node => node.getBoundingClientRect().right > width + 1
      && !node.closest('.table-scroll, .sr-only'));
  return [document.documentElement.scrollWidth > width ? 'the page scrolls sideways' : '',
    ...beyond.map(node => node.outerHTML.slice(0, 120))].filter(Boolean);
}"""
SPOKEN = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll('[aria-label], [placeholder], [alt], [title]')].flatMap(
    node => ['aria-label', 'placeholder', 'alt', 'title'].map(name => node.getAttribute(name)))
  ].filter(Boolean).join('\\n')"""
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter(node => !node.closest('[hidden]')).map(node => Number(node.tagName[1]))"""


class Visitor:
    """A person's browser. `problems`: what the browser complained about, and foreign requests."""

    def __init__(self, browser: Browser, stack: Stack, username: str = "") -> None:
        self.problems: list[str] = []
        self.site = stack.url
        self.context = browser.new_context(locale="da-DK", base_url=stack.url)
        self.page: Page = self.context.new_page()
        if username:
            self._log_in(username)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._watch)

    def _log_in(self, username: str) -> None:
        self.page.goto("/konto/login/")
        self.page.get_by_label("Brugernavn").fill(username)
        self.page.get_by_label("Adgangskode").fill(DEMO_CREDENTIAL)
        self.page.get_by_role("button", name="Log ind").click()
        self.page.wait_for_url(f"{self.site}/")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:")):
            self.problems.append(f"a request to {request.url}")

    def open(self, address: str, width: int = 1280) -> Page:
        """The page, loaded at that width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.problems.clear()
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        return self.page

    def link(self, address: str, pattern: str) -> str:
        """The first link on a page whose address fits."""
        self.open(address)
        links = self.page.eval_on_selector_all("a[href]", "all => all.map(a => a.pathname)")
        return next(link for link in links if re.fullmatch(pattern, link))


def axe_violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: rule and elements."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]]


def beyond_the_edge(page: Page) -> list[str]:
    """Elements that stick out to the right; what scrolls in a frame of its own may."""
    return page.evaluate(BEYOND_THE_EDGE)


@cache
def parts_in_english(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts, or their parts around placeholders, of three words or more."""
    parts = (
        " ".join(part.strip(" .:,;\n").split())
        for text in texts
        for part in PLACEHOLDER.split(text)
    )
    return tuple(sorted({part for part in parts if len(re.findall(r"[A-Za-z]+", part)) >= 3}))


@cache
def english_texts() -> tuple[str, ...]:
    """The same of our own source strings."""
    found = [
        str(text)
        for message in source()
        for text in (message.id if isinstance(message.id, (list, tuple)) else [message.id])
    ]
    return parts_in_english(tuple(found))


def english_on(page: Page) -> list[str]:
    """Source strings that somebody would read or hear on the page."""
    spoken = " ".join(page.evaluate(SPOKEN).split())
    return [text for text in english_texts() if text in spoken]


def skipped_headings(page: Page) -> list[tuple[int, int]]:
    """Where headings go down by more than one level."""
    levels = page.evaluate(HEADINGS)
    return [(a, b) for a, b in pairwise(levels) if b > a + 1]


def pdf_pages(page: Page) -> int:
    """How many A4 pages the page is printed on."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
