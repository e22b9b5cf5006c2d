"""Nothing typed is lost: refresh, two tabs, a lost network, an ended login, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from people.demo import DEMO_CREDENTIAL

from .stack import Stack
from .visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
WIDTHS = (1280, 390)
CASEWORKER = "amina.yusuf"
REASON, QUESTION = "Fordi …", "Dit nøglespørgsmål"
WORDS = "Hun møder til tiden og spørger selv efter flere timer."
OTHERS = "Han har taget bussen alene i to uger."
OWN_CASE = """
from sparring.models import Case
case = Case.objects.filter(owner__username="amina.yusuf", status="active")
print(case.exclude(requests__state__in=["open", "planned"]).order_by("pk").first().code)
"""
FORGET = "from form_drafts.models import FormDraft; FormDraft.objects.all().delete()"
DRAFTS = "from form_drafts.models import FormDraft; print(FormDraft.objects.count())"
ENDS_SOON = """
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.utils import timezone
Session.objects.update(expire_date=timezone.now() + timedelta(seconds={seconds}))
"""
HELD = "Object.keys(sessionStorage).filter(name => name.startsWith('form-draft:')).length"
FOCUSED = "() => (document.activeElement.innerText || document.activeElement.id || '')"
MINUTES_25 = 25 * 60 * 1000 + 2000


@pytest.fixture
def caseworker(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    visitor = Visitor(browser, stack, CASEWORKER)
    yield visitor
    visitor.context.close()
    stack.manage("shell", "-v", "0", "-c", FORGET)


@pytest.fixture(scope="module")
def case(stack: Stack) -> str:
    return stack.manage("shell", "-v", "0", "-c", OWN_CASE).split()[-1]


@pytest.fixture
def belief(case: str) -> str:
    return f"/sager/{case}/tro/"


def write(page: Page, text: str, label: str = REASON) -> None:
    field = page.get_by_label(label, exact=True)
    field.click()
    field.fill(text)


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-autosave-status]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Gemt kl.")


def look(visitor: Visitor) -> None:
    assert axe_violations(visitor.page) == []
    assert beyond_the_edge(visitor.page) == []
    assert english_on(visitor.page) == []


def reason(page: Page) -> str:
    return page.get_by_label(REASON, exact=True).input_value()


@pytest.mark.parametrize("width", WIDTHS)
def test_what_was_typed_is_there_after_a_refresh_and_can_be_dropped(caseworker, belief, width):
    page = caseworker.open(belief, width)
    write(page, WORDS)
    page.get_by_label("7", exact=False).locator("visible=true").first.check(force=True)
    wait_until_saved(page)

    page.reload()

    expect(page.locator(".form-draft__line")).to_contain_text("Du havde skrevet noget her kl.")
    assert reason(page) == WORDS
    expect(page.locator("[name=value]:checked")).to_have_value("7")
    look(caseworker)
    assert caseworker.problems == []
    page.get_by_role("button", name="Slet det, jeg havde skrevet").click()
    expect(page.locator(".form-draft__line")).to_have_count(0)
    assert reason(page) == ""


def test_the_return_key_in_a_restored_form_sends_it_and_never_drops_it(caseworker, case):
    page = caseworker.open(f"/sager/{case}/pause/")
    write(page, "Venter på svar.", "Hvorfor")
    wait_until_saved(page)
    page.reload()

    page.locator("[name=until]").press("Enter")

    expect(page.get_by_label("Hvorfor", exact=True)).to_have_value("Venter på svar.")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_is_named_under_its_field_and_not_kept(caseworker, belief, width):
    page = caseworker.open(belief, width)
    write(page, f"{WORDS} 010203-1234")

    line = page.locator(".form-draft__refused")
    expect(line).to_contain_text("Det er ikke gemt.")
    assert reason(page) == f"{WORDS} 010203-1234"
    look(caseworker)
    page.reload()
    assert reason(page) == f"{WORDS} […]"
    write(page, WORDS)
    expect(line).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_tabs_show_both_texts_and_each_field_is_chosen(caseworker, belief, width):
    page = caseworker.open(belief, width)
    other = caseworker.context.new_page()
    other.goto(belief)
    write(other, OTHERS)
    other.locator("[name=value][value='3']").check(force=True)
    wait_until_saved(other)

    write(page, WORDS)
    page.locator("[name=value][value='8']").check(force=True)

    panel = page.locator("[data-form-draft]")
    expect(panel.get_by_role("heading")).to_have_text("Du har også skrevet her i en anden fane")
    assert "Du har også skrevet" in page.evaluate(FOCUSED)
    expect(panel.locator("fieldset")).to_have_count(2)
    expect(panel).to_contain_text(WORDS)
    expect(panel).to_contain_text(OTHERS)
    look(caseworker)
    page.get_by_role("button", name="Gem din tro").click()
    expect(panel.get_by_role("heading")).to_be_focused()
    assert page.url.endswith(belief)

    panel.locator("fieldset").nth(1).get_by_label("Skrevet i den anden fane").check()
    page.get_by_role("button", name="Brug det, jeg har valgt").press("Enter")

    expect(panel.locator("fieldset")).to_have_count(0)
    wait_until_saved(page)
    assert reason(page) == OTHERS
    expect(page.locator("[name=value]:checked")).to_have_value("8")
    page.reload()
    assert reason(page) == OTHERS
    expect(page.locator("[name=value]:checked")).to_have_value("8")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_lost_network_loses_nothing_and_is_made_up_for(caseworker, belief, width):
    page = caseworker.open(belief, width)
    caseworker.context.set_offline(True)
    write(page, WORDS)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Ingen forbindelse")
    assert page.evaluate(HELD) == 1

    caseworker.context.set_offline(False)

    wait_until_saved(page)
    assert page.evaluate(HELD) == 0
    page.reload()
    assert reason(page) == WORDS


def test_a_refresh_while_the_network_is_away_keeps_the_last_words_in_the_tab(caseworker, belief):
    page = caseworker.open(belief)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write(page, WORDS)
    expect(page.locator("[data-autosave-status]")).to_have_attribute("data-state", "failed")
    write(page, f"{WORDS} Og mere.")
    page.unroute("**/*")

    page.reload()

    expect(page.locator(".form-draft__line")).to_contain_text("De står her igen.")
    assert reason(page) == f"{WORDS} Og mere."
    wait_until_saved(page)
    assert page.evaluate(HELD) == 0


def test_the_last_words_of_one_person_are_not_shown_to_the_next(caseworker, stack, belief):
    page = caseworker.open(belief)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write(page, WORDS)
    expect(page.locator("[data-autosave-status]")).to_have_attribute("data-state", "failed")
    page.unroute("**/*")
    caseworker.context.clear_cookies()

    page.goto("/konto/login/")
    log_in(page, "signe.vestergaard")
    page.goto("/konto/")

    assert page.evaluate(HELD) == 0


def log_in(page: Page, username: str) -> None:
    page.get_by_label("Brugernavn").fill(username)
    page.get_by_label("Adgangskode").fill(DEMO_CREDENTIAL)
    page.get_by_role("button", name="Log ind").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_sending_after_the_login_ran_out_leads_back_to_the_filled_form(caseworker, belief, width):
    page = caseworker.open(belief, width)
    write(page, WORDS)
    wait_until_saved(page)
    caseworker.context.clear_cookies()

    # The forgery token went with the cookies, as after a closed browser; the words are kept.
    page.get_by_role("button", name="Gem din tro").click()
    page.goto(belief)

    log_in(page, CASEWORKER)
    expect(page.locator(".form-draft__line")).to_contain_text("Du havde skrevet noget her kl.")
    assert reason(page) == WORDS


@pytest.mark.parametrize("width", WIDTHS)
def test_an_ended_login_says_so_and_leads_back(caseworker, stack, belief, width):
    page = caseworker.open(belief, width)
    write(page, WORDS)
    wait_until_saved(page)
    stack.manage("shell", "-v", "0", "-c", ENDS_SOON.format(seconds=-1))

    page.get_by_role("button", name="Gem din tro").click()

    expect(page.locator("main")).to_contain_text("Du blev logget ud, før det blev sendt.")
    look(caseworker)
    log_in(page, CASEWORKER)
    line = page.locator(".form-draft__line")
    expect(line).to_contain_text("Du blev logget ud, før det blev sendt.")
    assert reason(page) == WORDS


@pytest.mark.parametrize("width", WIDTHS)
def test_five_minutes_before_the_end_a_notice_with_one_button(caseworker, stack, belief, width):
    page = caseworker.page
    page.clock.install()
    caseworker.open(belief, width)
    stack.manage("shell", "-v", "0", "-c", ENDS_SOON.format(seconds=240))
    notice = page.locator("[data-session-end]")
    expect(notice).to_be_empty()

    page.clock.fast_forward(MINUTES_25)

    expect(notice).to_contain_text("Du bliver logget ud kl.")
    look(caseworker)
    notice.get_by_role("button", name="Bliv logget ind").press("Enter")
    expect(notice).to_be_empty()
    page.clock.fast_forward(MINUTES_25)
    page.wait_for_timeout(500)
    expect(notice).to_be_empty()
    assert caseworker.problems == []


def test_when_it_has_ended_the_notice_leads_to_the_login_and_back(caseworker, stack, belief):
    page = caseworker.page
    page.clock.install()
    caseworker.open(belief)
    write(page, WORDS)
    page.clock.run_for(3000)
    wait_until_saved(page)
    stack.manage("shell", "-v", "0", "-c", ENDS_SOON.format(seconds=-1))

    page.clock.fast_forward(MINUTES_25)

    notice = page.locator("[data-session-end]")
    expect(notice).to_contain_text("Du er blevet logget ud.")
    notice.get_by_role("link", name="Log ind").click()
    log_in(page, CASEWORKER)
    page.wait_for_url(f"**{belief}*")
    assert reason(page) == WORDS


def test_what_is_sent_leaves_no_draft_behind(caseworker, stack, case):
    page = caseworker.open(f"/sager/{case}/oensk/")
    write(page, "Hvad er det næste lille skridt?", QUESTION)
    wait_until_saved(page)
    write(page, "Hvad er det næste skridt?", QUESTION)

    page.get_by_role("button", name="Send ønsket").click()

    page.wait_for_url(f"**/sager/{case}/")
    assert stack.manage("shell", "-v", "0", "-c", DRAFTS).split()[-1] == "0"
