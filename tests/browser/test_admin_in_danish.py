"""The editors' admin, walked link by link as those who use it: no English, nothing from outside."""

from __future__ import annotations

import re
from collections import deque

import pytest
from playwright.sync_api import Browser, Page

from devtools import wagtail_texts
from tests.browser.stack import Stack
from tests.browser.visits import SPOKEN, Visitor, english_on, parts_in_english

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
EDITOR, ADMINISTRATOR = "birgitte.toft", "piotr.nowak"
# Ways out, and doors that change something or lead to a file.
LEFT_ALONE = re.compile(
    r"/logout/|/konto/|/revert|/download|export=|/preview|/unlock|/lock/|/bulk/"
)
MOST = 90
NUMBER = re.compile(r"/\d+(?=/|$)")
# English that no Danish text uses, said in whole words. What editors wrote is not asked.
ENGLISH = re.compile(
    r"\b(the|this|these|you|your|and|with|without|which|been|has|are|(?<!/)was(?!\.digst|-tool)|were|not|there|"
    r"page|pages|settings|edit|delete|publish|unpublish|search|view|history|choose|please|"
    r"created|updated|deleted|saved|locked|draft|drafts|workflow|locale|usage|filters?|"
    r"password|username|loading|expand|collapse|toggle|previous|next|close|cancel|add)\b",
    re.IGNORECASE,
)
INTERFACE = """() => {
  const own = 'input, textarea, select, [contenteditable], .w-header__title, td.title, .title, ' +
    '[data-contentpath] .w-field__input, code, pre, kbd, .w-breadcrumbs, .c-page-explorer, ' +
    '.comparison, [lang]:not(html), .listing td';
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll(own + ', script, style, template, .sprite, svg').forEach(n => n.remove());
  const heard = ['aria-label', 'placeholder', 'title', 'alt', 'data-w-tooltip-content-value'];
  const attributes = [...copy.querySelectorAll('*')].flatMap(
    node => heard.map(name => node.getAttribute(name)).filter(Boolean));
  return [copy.textContent, ...attributes].join('\\n');
}"""


def shape(address: str) -> str:
    """An address without its numbers and its query: pages alike are visited once."""
    return NUMBER.sub("/N", address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])


def links_on(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "a[href^='/redaktion/'], a[href^='" + page.url.split("/redaktion/")[0] + "/redaktion/']",
        "all => all.map(a => a.pathname + a.search)",
    )
    return [link for link in found if not LEFT_ALONE.search(link)]


def english_of_wagtail(page: Page) -> list[str]:
    """Texts of three words or more that Wagtail has in English only, heard or read on the page."""
    spoken = " ".join(page.evaluate(SPOKEN).split())
    parts = parts_in_english(tuple(wagtail_texts.source_texts()))
    return [text for text in parts if text in spoken]


@pytest.mark.parametrize("username", [EDITOR, ADMINISTRATOR])
def test_the_admin_is_danish_wherever_a_link_leads(
    browser: Browser, stack: Stack, username: str
) -> None:
    visitor = Visitor(browser, stack, username)
    waiting, seen = deque(["/redaktion/"]), {"/redaktion/"}
    english: dict[str, list[str]] = {}
    visited = 0
    while waiting and visited < MOST:
        address = waiting.popleft()
        page = visitor.open(address)
        visited += 1
        words = sorted(
            {match.group().lower() for match in ENGLISH.finditer(page.evaluate(INTERFACE))}
        )
        found = {*english_on(page), *english_of_wagtail(page), *words}
        if found:
            english[address] = sorted(found)
        assert not [problem for problem in visitor.problems if "a request to" in problem], address
        for link in links_on(page):
            if shape(link) not in seen:
                seen.add(shape(link))
                waiting.append(link)
    assert visited > 25
    assert english == {}
