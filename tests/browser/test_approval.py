"""The pages of those who keep the knowledge true: colleagues, rereading, what nobody reads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
ADMINISTRATOR = "piotr.nowak"


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
