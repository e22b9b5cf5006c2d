"""The line below words about a citizen, the words put in with one click, and being asked once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import Stack, running_stack
from .test_session import begin
from .visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("texts")]
WIDTHS = (1280, 390)
NAMED = "Vi talte med Mette Hansen om et værksted."
PLAIN = "Vi talte med borgeren om et værksted."
ASKED = "Skriv det om herunder, eller gem igen, hvis det skal stå."
CODES = """
from sparring.models import Case
cases = Case.objects.filter(owner__username="amina.yusuf", status="active", requests__isnull=True)
print(*cases.order_by("code").values_list("code", flat=True)[:4])
"""
NEXT = """
from sparring.models import SparringSession
sessions = SparringSession.objects.filter(state="planned", case__owner__username="amina.yusuf")
print(sessions.order_by("starts_at").first().pk)
"""
# From the last key to the line, in the browser: a pause, the answer, the drawing.
LINE_FOR = """([name]) => new Promise((done) => {
  const line = document.querySelector('.live-check');
  const begun = performance.now();
  const look = () => line.innerText.includes(name)
    ? done(performance.now() - begun) : requestAnimationFrame(look);
  look();
})"""
NAMES = ("Ahmed", "Fatima", "Karin", "Torben", "Jytte")


@pytest.fixture(scope="module")
def stack(
    browser: Browser, tmp_path_factory, django_db_setup, django_db_blocker
) -> Iterator[Stack]:
    """A site of its own: what is written here would stand in others' pages."""
    folder = tmp_path_factory.mktemp("texts")
    with django_db_blocker.unblock(), running_stack(folder, name="texts") as stack:
        yield stack


@pytest.fixture(scope="module")
def caseworker(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    visitor = Visitor(browser, stack, "amina.yusuf")
    yield visitor
    visitor.context.close()


@pytest.fixture(scope="module")
def codes(stack: Stack) -> list[str]:
    return stack.manage("shell", "-v", "0", "-c", CODES).split()[-4:]


def look(visitor: Visitor) -> None:
    assert axe_violations(visitor.page) == []
    assert beyond_the_edge(visitor.page) == []
    assert english_on(visitor.page) == []


def line_below(page: Page, name: str, text: str = NAMED) -> None:
    """Type a name: the line comes by itself, says it politely, and the typing is not stopped."""
    field = page.locator(f"[name={name}]")
    field.fill("")
    field.press_sequentially(text)
    line = page.locator(f"#check-{field.get_attribute('id')}")
    if name == "notes":
        line = page.locator("#check-notes")
    expect(line).to_contain_text("»Mette Hansen« Det ligner navnet på et menneske.")
    expect(line).to_have_attribute("aria-live", "polite")
    expect(field).to_have_value(text)
    expect(field).to_be_focused()


def put_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="Skriv »borgeren«").click()
    expect(page.locator(f"[name={name}]")).to_have_value(PLAIN)
    expect(page.get_by_text("Det ligner navnet på et menneske.")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_reason_of_a_belief(caseworker, codes, width):
    page = caseworker.open(f"/sager/{codes[WIDTHS.index(width)]}/tro/", width)

    line_below(page, "because")
    look(caseworker)
    put_in(page, "because")
    line_below(page, "because")
    page.locator("#id_value_6").check(force=True)
    page.get_by_role("button", name="Gem").first.click()

    expect(page.locator("#id_because_error")).to_contain_text(ASKED)
    expect(page.locator("[name=because]")).to_have_value(NAMED)
    look(caseworker)
    page.get_by_role("button", name="Gem").first.click()
    expect(page.locator("main").get_by_text(NAMED).first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_action(caseworker, codes, width):
    page = caseworker.open(f"/sager/{codes[WIDTHS.index(width)]}/handling/", width)

    line_below(page, "what")
    look(caseworker)
    put_in(page, "what")
    line_below(page, "what")
    page.locator("[name=kind]").select_option("trial_day")
    page.locator("[name=planned_for]").fill("2027-01-15")
    page.locator("main form button[type=submit]").last.click()

    expect(page.locator("#id_what_error")).to_contain_text(ASKED)
    look(caseworker)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main").get_by_text(NAMED).first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_handover(caseworker, codes, width):
    code = codes[2 + WIDTHS.index(width)]
    page = caseworker.open(f"/sager/{code}/overdrag/", width)

    line_below(page, "reason")
    look(caseworker)
    put_in(page, "reason")
    line_below(page, "reason")
    page.locator("[name=to]").select_option(index=1)
    page.locator("main form button[type=submit]").last.click()

    expect(page.locator("#id_reason_error")).to_contain_text(ASKED)
    look(caseworker)
    page.locator("main form button[type=submit]").last.click()
    expect(page).not_to_have_url(f"{caseworker.site}/sager/{code}/overdrag/")


def test_the_notes_of_a_session_and_its_closing(caseworker, stack):
    number = stack.manage("shell", "-v", "0", "-c", NEXT).split()[-1]
    begin(caseworker.open(f"/sparring/{number}/"))
    for width in WIDTHS:
        page = caseworker.open(f"/sparring/{number}/", width)
        line_below(page, "notes")
        look(caseworker)
        put_in(page, "notes")
    line_below(page, "notes")
    expect(page.locator("[data-autosave-status]")).to_have_attribute("data-state", "saved")

    page.goto(f"/sparring/{number}/afslut/")
    line_below(page, "because")
    page.locator("[name=what]").fill("Et besøg på værkstedet.")
    page.locator("[name=citizen_told]").fill("Vi tager derhen sammen.")
    page.locator("#id_value_6").check(force=True)
    page.locator("[name=kind]").select_option("trial_day")
    page.get_by_role("button", name="Luk sparringen").click()
    expect(page.get_by_text("I noterne står »Mette Hansen«.")).to_be_visible()
    expect(page.locator("#id_because_error")).to_contain_text(ASKED)
    look(caseworker)


def test_typing_on_asks_about_the_last_text_only_and_the_line_follows(caseworker, codes):
    page = caseworker.open(f"/sager/{codes[0]}/tro/borger/")
    field = page.locator("[name=because]")
    taken = []
    for name in NAMES:
        field.fill("")
        field.press_sequentially(f"Talt med {name}")
        taken.append(page.evaluate(LINE_FOR, [name]))
        expect(page.locator(".live-check strong")).to_have_text([f"»{name}«"])
    assert len(taken) == len(NAMES)


@pytest.mark.parametrize("width", WIDTHS)
def test_ones_own_texts_to_look_at(caseworker, stack, width):
    stack.manage("rescan_texts")
    page = caseworker.open("/sager/tekster/", width)

    look(caseworker)
    expect(page.get_by_role("heading", name="Tekster at se på")).to_be_visible()
    assert caseworker.problems == []
