"""Writing a story in Chromium: a login that runs out loses nothing, and one click rewrites."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import running_stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "sparring-demo-2026"


@pytest.fixture(scope="module")
def stack(browser, tmp_path_factory, django_db_setup, django_db_blocker):
    var = tmp_path_factory.mktemp("form")
    with django_db_blocker.unblock(), running_stack(var, name="form") as running:
        yield running


@pytest.fixture
def author(stack, browser: Browser):
    context = browser.new_context(base_url=stack.url, locale="da")
    page = context.new_page()
    _log_in(page)
    page.goto("/historier/ny/")
    page.get_by_role("button", name=re.compile("[Bb]egynd")).click()
    expect(page.locator("[name=hard]")).to_be_visible()
    yield page
    context.close()


def _log_in(page: Page) -> None:
    page.goto("/konto/login/")
    page.fill("[name=login]", "amina.yusuf")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text("God")


def _status(page: Page):
    return page.locator("[data-autosave-status]")


def test_a_login_that_runs_out_loses_nothing(author: Page) -> None:
    address = author.url
    author.fill("[name=hard]", "Planen sagde kursus.")
    expect(_status(author)).to_contain_text("Gemt kl.", timeout=15_000)
    author.context.clear_cookies(name="sessionid")
    author.context.clear_cookies(name="__Host-sessionid")

    author.fill("[name=hard]", "Planen sagde kursus. Borgeren sagde værksted.")
    author.get_by_role("button", name="Gem og fortsæt").click()

    expect(author.locator("#site-alert")).to_contain_text("logget ud", timeout=15_000)
    expect(author.locator("[name=hard]")).to_have_value(re.compile("værksted"))
    assert author.url == address

    with author.context.expect_page() as opened:
        author.locator("#site-alert a").click()
    _log_in(opened.value)
    expect(_status(author)).to_contain_text("Gemt kl.", timeout=60_000)

    again = author.context.new_page()
    again.goto(address)
    expect(again.locator("[name=hard]")).to_have_value(re.compile("værksted"))


def test_one_click_puts_other_words_in_the_place_of_a_name(author: Page) -> None:
    author.fill("[name=hard]", "Linje et.\nSå ringede Gurli Vestergaard til os.")
    offer = author.locator("#check-hard").get_by_role("button", name="Skriv »borgeren«")
    expect(offer).to_be_visible(timeout=15_000)

    offer.click(delay=500)  # as long as a person presses: nothing draws over the button meanwhile

    expect(author.locator("[name=hard]")).to_have_value("Linje et.\nSå ringede borgeren til os.")
    expect(author.locator("#check-hard .alert")).to_have_count(0, timeout=15_000)
