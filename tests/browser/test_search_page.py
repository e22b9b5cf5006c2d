"""The search page in Chromium: suggestions by keyboard and ear, the back button, no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from people.demo import DEMO_CREDENTIAL
from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
ADDRESS = "/soeg/?q=praktik"


@pytest.fixture(scope="module")
def visitor(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    person = Visitor(browser, stack, "amina.yusuf")
    yield person
    person.context.close()


@pytest.fixture
def field(visitor):
    """The page's own search field, with three letters typed and suggestions shown."""
    page = visitor.open("/soeg/")
    field = page.locator("#q")
    field.fill("")
    field.press_sequentially("tro")
    expect(page.locator("#q-suggestions [role=option]").first).to_be_visible()
    return field


def test_suggestions_are_a_combobox(visitor, field):
    page = visitor.page
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-controls", "q-suggestions")
    expect(page.locator("#q-suggestions ~ [role=status]")).to_contain_text("forslag")
    assert axe_violations(page) == []

    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "q-suggestions-0")
    first = page.locator("#q-suggestions-0")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("tro")
    assert axe_violations(page) == []

    page.keyboard.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(page.locator("#q-suggestions")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("tro")
    assert visitor.problems == []


def test_enter_opens_the_chosen_suggestion(visitor, field):
    page = visitor.page
    page.keyboard.press("ArrowDown")
    address = page.locator("#q-suggestions-0").get_attribute("data-url")

    page.keyboard.press("Enter")

    page.wait_for_url(f"**{address}")


def test_enter_without_a_choice_searches(visitor, field):
    visitor.page.keyboard.press("Enter")

    visitor.page.wait_for_url("**/soeg/?q=tro")


def test_a_suggestion_is_opened_by_pointer(visitor, field):
    option = visitor.page.locator("#q-suggestions [role=option]").first
    address = option.get_attribute("data-url")

    option.click()

    visitor.page.wait_for_url(f"**{address}")


def test_the_list_fits_a_phone(visitor, field):
    visitor.page.set_viewport_size({"width": 320, "height": 900})

    assert beyond_the_edge(visitor.page) == []


def test_the_slash_key_steals_nothing(visitor):
    page = visitor.open("/soeg/")
    field = page.locator("#site-search")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    page.locator("#q").focus()
    page.keyboard.type("x/y")
    expect(page.locator("#q")).to_have_value("x/y")


def test_filters_are_in_the_address_and_the_back_button_takes_them_back(visitor):
    page = visitor.open(ADDRESS)
    everything = page.locator("#results [role=status] strong").inner_text()
    box = page.locator("#facets input[type=checkbox]").first
    name = box.get_attribute("name")

    box.check()
    page.wait_for_url(re.compile(rf"[?&]{name}="))
    expect(page.locator(".chips li").first).to_be_visible()
    page.go_back()

    page.wait_for_url(f"**{ADDRESS}")
    expect(page.locator("#results [role=status] strong")).to_have_text(everything)
    expect(page.locator("#facets input[type=checkbox]").first).not_to_be_checked()
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "praktik" not in stored.replace(ADDRESS, "")
    assert visitor.problems == []


def test_an_opened_answer_is_told(visitor, stack):
    page = visitor.open(ADDRESS)
    with page.expect_request("**/soeg/aabnet/?hit=*") as told:
        page.locator("a[ping]").first.click()

    answer = told.value.response()
    assert answer is not None
    assert answer.status == 204


@pytest.fixture
def plain(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A browser without JavaScript, logged in."""
    context = browser.new_context(locale="da-DK", base_url=stack.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/konto/login/")
    page.get_by_label("Brugernavn").fill("amina.yusuf")
    page.get_by_label("Adgangskode").fill(DEMO_CREDENTIAL)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"{stack.url}/")
    yield page
    context.close()


def test_everything_works_without_scripts(plain):
    plain.locator("#site-search").fill("praktik")
    plain.locator(".site-header__search button").click()
    expect(plain.locator(".result").first).to_be_visible()
    assert plain.locator("#q").get_attribute("role") is None

    plain.locator("#facets input[type=checkbox]").first.check()
    plain.get_by_role("button", name="Anvend filtre").click()
    expect(plain.locator(".chips li").first).to_be_visible()
    plain.locator(".chips a").first.click()
    expect(plain.locator(".chips")).to_have_count(0)

    with plain.expect_request("**/soeg/aabnet/?hit=*"):
        plain.locator(".result__title a").first.click()
    plain.wait_for_url(lambda url: "/soeg/" not in url)
    plain.go_back()
    plain.get_by_role("button", name="Gem søgningen").click()
    expect(plain.get_by_text("Søgningen er gemt.")).to_be_visible()
    plain.goto("/konto/")
    expect(plain.get_by_role("link", name="praktik", exact=True)).to_be_visible()
