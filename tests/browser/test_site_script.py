"""static/src/js/site.js in Chromium: autosave, clock, menu, keyboard, an expired login.

The pages are the gallery's, drawn here and handed to the browser; only the network is played.
"""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect

from kb.views import gallery
from people.models import Employee

SITE = "http://site.example"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
pytestmark = pytest.mark.browser


class Network:
    """The server as the browser sees it: real pages and files, answers that a test decides."""

    def __init__(self) -> None:
        self.answers: list[dict[str, object]] = []
        self.posts: list[str] = []
        self.token = "first"
        self.logged_out = False

    def page(self, name: str) -> str:
        request = RequestFactory().get("/")
        request.user = Employee(username="mette", first_name="Mette", last_name="M.")
        request.META["CSRF_COOKIE"] = "x" * 32
        html = render_to_string(f"dev/{name}.html", gallery.sample_context(), request)
        html = html.replace('data-login-url=""', 'data-login-url="/konto/login/"')
        html = html.replace('data-autosave="#"', 'data-autosave="/save/"')
        field = r'(name="csrfmiddlewaretoken" value=")[^"]*'
        return re.sub(field, rf"\g<1>{self.token}", html)

    def handle(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if path.startswith("/static/"):
            file = Path(finders.find(path.removeprefix("/static/")))
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        elif path == "/save/":
            self.posts.append(route.request.post_data or "")
            self.answer(route)
        elif self.logged_out:
            route.fulfill(status=401, body="")
        else:
            name = path.strip("/") or "overview"
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=self.page(name), content_type="text/html", headers=headers)

    def answer(self, route: Route) -> None:
        answer = self.answers.pop(0) if self.answers else {"status": 200}
        if answer["status"] == 0:
            route.abort()
            return
        body = json.dumps(answer.get("json", {}))
        route.fulfill(status=answer["status"], body=body, content_type="application/json")


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def page(browser: Browser, network: Network) -> Iterator[Page]:
    context = browser.new_context(locale="da-DK", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if "Content Security" in message.text else None
        ),
    )
    page.route("**/*", network.handle)
    yield page
    context.close()
    assert problems == []


def write(page: Page, text: str) -> None:
    page.get_by_label("Noter").fill(text)


def wait_for_posts(page: Page, network: Network, count: int) -> None:
    for _ in range(200):
        if len(network.posts) >= count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(network.posts)} posts instead of {count}")


def status(page: Page):
    return page.locator("[data-autosave-status]")


def test_text_is_saved_and_said(page, network):
    network.answers = [{"status": 200, "json": {"saved_at": "10.21"}}]
    page.goto(f"{SITE}/session/")
    write(page, "En ny note")
    wait_for_posts(page, network, 1)
    expect(status(page)).to_have_attribute("data-state", "saved")
    expect(status(page)).to_contain_text("10.21")
    assert len(network.posts) == 1
    assert "En ny note" in network.posts[0]


def test_text_survives_a_lost_connection(page, network):
    network.answers = [{"status": 0}, {"status": 200}]
    page.goto(f"{SITE}/session/")
    write(page, "Skrevet i toget")
    expect(status(page)).to_have_attribute("data-state", "failed")
    expect(page.get_by_label("Noter")).to_have_value("Skrevet i toget")
    wait_for_posts(page, network, 2)
    expect(status(page)).to_have_attribute("data-state", "saved")
    assert "Skrevet i toget" in network.posts[1]


def test_a_void_token_is_renewed_after_a_new_login(page, network):
    network.answers = [{"status": 403}, {"status": 200}]
    page.goto(f"{SITE}/session/")
    network.token = "second"
    write(page, "Efter nyt login")
    wait_for_posts(page, network, 2)
    expect(status(page)).to_have_attribute("data-state", "saved")
    assert "first" in network.posts[0]
    assert "second" in network.posts[1]


def test_an_expired_login_is_told_and_the_text_stays(page, network):
    network.answers = [{"status": 401}]
    page.goto(f"{SITE}/session/")
    write(page, "Pausen blev lang")
    expect(page.locator("#site-alert a")).to_have_attribute("href", "/konto/login/")
    expect(page.get_by_label("Noter")).to_have_value("Pausen blev lang")


def test_a_conflict_stops_saving(page, network):
    network.answers = [{"status": 409}]
    page.goto(f"{SITE}/session/")
    write(page, "Min udgave")
    expect(status(page)).to_have_attribute("data-state", "failed")
    write(page, "Min udgave, igen")
    page.wait_for_timeout(1500)
    assert len(network.posts) == 1


def test_a_refused_text_says_why(page, network):
    network.answers = [{"status": 422, "json": {"error": "Der står et cpr-nummer."}}]
    page.goto(f"{SITE}/session/")
    write(page, "010101-1234")
    expect(status(page)).to_contain_text("Der står et cpr-nummer.")


def test_a_new_version_goes_into_its_hidden_field(page, network):
    network.answers = [{"status": 200, "json": {"fields": {"csrfmiddlewaretoken": "v2"}}}]
    page.goto(f"{SITE}/session/")
    write(page, "Første")
    expect(page.locator("form[data-autosave] [name=csrfmiddlewaretoken]").first).to_have_value("v2")


def test_a_form_sent_while_it_is_saved_carries_the_new_version(page, network):
    """Otherwise the writer would be told that somebody else had changed the text."""
    network.answers = [{"status": 200, "json": {"fields": {"csrfmiddlewaretoken": "v2"}}}]
    page.goto(f"{SITE}/session/")
    page.evaluate(
        "() => { const real = window.fetch; window.fetch = (...all) =>"
        " new Promise((done) => setTimeout(() => done(real(...all)), 600)); }"
    )
    write(page, "Hurtig")
    expect(status(page)).to_have_attribute("data-state", "saving")

    with page.expect_request(lambda r: r.method == "POST" and "/save/" not in r.url) as sent:
        page.locator("form[data-autosave]").first.evaluate("form => form.requestSubmit()")

    assert "csrfmiddlewaretoken=v2" in (sent.value.post_data or "")


def test_the_clock_follows_the_server(page):
    page.clock.install()
    page.goto(f"{SITE}/session/")
    clock = page.locator("[data-clock]")
    expect(clock).to_have_attribute("aria-live", "off")
    page.clock.run_for(200_000)
    voice = page.locator("[data-clock-say]")
    expect(voice).not_to_be_empty()
    page.clock.run_for(100_000)
    expect(page.locator(".timer")).to_have_class("timer timer--over")


def test_the_step_says_what_it_has_meant(page):
    page.goto(f"{SITE}/session/")
    note = page.locator("[data-belief-note]").last
    expect(note).to_contain_text("Af 46 bud på 5")
    page.locator("#after_6").check(force=True)
    expect(note).to_be_empty()


def test_ctrl_enter_sends_the_form(page):
    page.goto(f"{SITE}/gallery/")
    page.get_by_label("Overskrift").focus()
    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.press("Control+Enter")


@pytest.mark.parametrize("width", [390, 320])
def test_the_menu_opens_on_a_phone_and_closes_by_escape(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{SITE}/overview/")
    button = page.locator(".site-menu-button")
    menu = page.locator(".site-nav")
    expect(menu).to_be_hidden()
    button.click()
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", gallery.PAGES)
def test_pages_are_accessible_and_fit(page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{SITE}/{name}/", wait_until="load")
    found = Axe().run(page).response["violations"]
    assert [(hit["id"], [node["html"] for node in hit["nodes"]]) for hit in found] == []
    wide = page.evaluate(
        "[...document.querySelectorAll('main *, header *, footer *')]"
        ".filter(node => node.getBoundingClientRect().right > innerWidth + 1"
        " && !node.closest('.table-scroll, .sr-only')).map(node => node.outerHTML.slice(0, 80))"
    )
    assert wide == []
