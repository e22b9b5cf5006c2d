"""Two-step login from the account page, as a person with a phone goes through it."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from people.demo import DEMO_CREDENTIAL

from .stack import Stack
from .visits import Visitor, axe_violations, beyond_the_edge

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "mai.nguyen"
# Whether what is drawn has dark and light places: a picture that was not let in has neither.
IS_DRAWN = """node => { const box = node.getBBox(); return box.width > 20 && box.height > 20; }"""


def code_of(secret: str, period: int = 0) -> str:
    """What the app on the phone shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + period))


def check(page: Page) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == [], width
        assert beyond_the_edge(page) == [], width


def log_out_and_in(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/konto/login/")
    page.get_by_label("Brugernavn").fill(NAME)
    page.get_by_label("Adgangskode").fill(DEMO_CREDENTIAL)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", name="Andet trin")).to_be_visible()


def second_step(page: Page, code: str) -> None:
    page.get_by_label("Kode", exact=True).fill(code)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.wait_for_url(re.compile(r"^[^?]*//[^/]+/$"))
    expect(page.locator(".site-user__name")).to_be_attached()  # in the menu, on a phone


def test_on_with_a_phone_in_with_a_code_and_off_again(stack: Stack, browser: Browser) -> None:
    visitor = Visitor(browser, stack, NAME)
    page = visitor.open("/konto/", width=390)
    page.get_by_role("link", name="Login i to trin").click()
    check(page)
    page.get_by_role("link", name="Slå login i to trin til").click()
    expect(page.get_by_role("heading", name="Er det dig?")).to_be_visible()
    check(page)
    page.get_by_label("Adgangskode").fill(DEMO_CREDENTIAL)
    page.get_by_role("button", name="Fortsæt").click()

    expect(page.locator("main svg path")).to_be_attached()
    assert page.locator("main svg path").evaluate(IS_DRAWN)
    assert page.get_by_role("link", name="Åbn nøglen i appen").get_attribute("href") is not None
    check(page)
    secret = page.locator("main strong").inner_text()
    page.get_by_label("Kode", exact=True).fill("000000")
    page.get_by_role("button", name="Slå til").click()
    expect(page.locator("main").get_by_text("Koden passer ikke").first).to_be_visible()
    check(page)
    page.get_by_label("Kode", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Slå til").click()

    expect(page.get_by_role("heading", name="Nødkoder")).to_be_visible()
    check(page)
    codes = page.locator("#recovery-codes strong").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as saved:
        page.get_by_role("link", name="Gem som fil").click()
    assert codes[9] in saved.value.path().read_text()

    log_out_and_in(page)
    check(page)
    second_step(page, code_of(secret))
    log_out_and_in(page)
    second_step(page, codes[0])

    page.goto("/konto/2fa/")
    expect(page.locator("main")).to_contain_text("Du har 9 tilbage")
    check(page)
    page.get_by_role("link", name="Slå login i to trin fra").click()
    page.get_by_label("Adgangskode").fill(DEMO_CREDENTIAL)
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_role("button", name="Slå fra").click()
    expect(page.get_by_role("link", name="Slå login i to trin til")).to_be_visible()
    assert visitor.problems == []
