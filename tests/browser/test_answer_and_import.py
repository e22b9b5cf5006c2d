"""One click answers about the colleague; a caseload's changes are read before they are stored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import Stack, running_stack
from .visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = (1280, 390)
CLOSED = """
from sparring.models import ColleagueAnswer, SparringSession
session = SparringSession.objects.filter(state="closed", case__owner__username="amina.yusuf")
session = session.filter(case__status="active").order_by("-starts_at").first()
ColleagueAnswer.objects.filter(session=session).delete()
print(session.pk)
"""
CASE = """
from sparring.models import Case
case = Case.objects.filter(owner__username="amina.yusuf", status="active").order_by("code").first()
print("row", case.code, case.unit.name, case.started.isoformat(), sep=";")
"""
FOCUSED = "() => (document.activeElement.innerText || '')"


@pytest.fixture(scope="module")
def stack(
    browser: Browser, tmp_path_factory, django_db_setup, django_db_blocker
) -> Iterator[Stack]:
    with (
        django_db_blocker.unblock(),
        running_stack(tmp_path_factory.mktemp("answers"), name="answers") as stack,
    ):
        yield stack


@pytest.fixture(scope="module")
def caseworker(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    visitor = Visitor(browser, stack, "amina.yusuf")
    yield visitor
    visitor.context.close()


@pytest.fixture(scope="module")
def coordinator(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    visitor = Visitor(browser, stack, "signe.vestergaard")
    yield visitor
    visitor.context.close()


@pytest.fixture(scope="module")
def address(stack: Stack) -> str:
    return f"/sparring/{stack.manage('shell', '-v', '0', '-c', CLOSED).split()[-1]}/"


def look(visitor: Visitor) -> None:
    assert axe_violations(visitor.page) == []
    assert beyond_the_edge(visitor.page) == []
    assert english_on(visitor.page) == []
    assert visitor.problems == []


def tab_to(page: Page, text: str) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip().startswith(text):
            return
    raise AssertionError(f"no way by Tab to {text}")


@pytest.mark.parametrize(("width", "answer"), [(1280, "Ja"), (390, "Måske")])
def test_one_click_answers_and_stays(caseworker, address, width, answer):
    page = caseworker.open(address, width)
    question = page.get_by_role("form", name="Var det den rette kollega?")

    question.get_by_role("button", name=answer, exact=True).click()

    expect(question.get_by_role("status")).to_contain_text("Tak.")
    pressed = question.get_by_role("button", name=answer, exact=True, pressed=True)
    expect(pressed).to_be_focused()
    look(caseworker)
    page.reload()
    expect(pressed).to_be_visible()


def test_it_is_answered_and_withdrawn_by_keyboard(caseworker, address):
    page = caseworker.open(address)
    question = page.get_by_role("form", name="Var det den rette kollega?")

    tab_to(page, "Nej")
    page.keyboard.press("Enter")
    expect(question.get_by_role("button", name="Nej", pressed=True)).to_be_focused()
    # Swapped in by htmx, which takes the button over once the swap has settled.
    expect(page.locator(".htmx-settling, .htmx-request")).to_have_count(0)
    page.keyboard.press("Enter")

    expect(question.get_by_role("status")).to_have_text("Dit svar er trukket tilbage.")
    expect(question.get_by_role("button", pressed=True)).to_have_count(0)


def test_every_change_is_read_before_it_is_stored(stack, coordinator):
    row = stack.manage("shell", "-v", "0", "-c", CASE).strip().splitlines()[-1]
    code, unit, started = row.split(";")[1:]
    head = "sagskode;enhed;medarbejder;målgruppe;startet;kontaktform"
    lines = [
        f"{code};{unit};kasper.bruun;Aktivitetsparat;{started};video",
        f"ZZ-9001;{unit};amina.yusuf;Aktivitetsparat;2025-01-02;telefon",
    ]
    page = coordinator.open("/sager/indlaes/")
    content = "\n".join([head, *lines]).encode()
    file = {"name": "sager.csv", "mimeType": "text/csv", "buffer": content}
    page.set_input_files("[name=file]", files=[file])
    page.get_by_role("button", name="Se filen igennem").click()

    first = page.get_by_role("row").nth(1)
    expect(first).to_contain_text(code)
    expect(first).to_contain_text("Ny sagsbehandler")
    expect(first).to_contain_text("Amina Yusuf")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        look(coordinator)
    tab_to(page, "Ny sag (1)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").nth(1)).to_contain_text("ZZ-9001")

    owner = "from sparring.models import Case; print(Case.objects.get(code=%r).owner.username)"
    assert stack.manage("shell", "-v", "0", "-c", owner % code).split()[-1] == "amina.yusuf"
    page.get_by_role("button", name="Gem").click()
    expect(page.locator("main")).to_contain_text("Sagerne er indlæst")
    assert stack.manage("shell", "-v", "0", "-c", owner % code).split()[-1] == "kasper.bruun"
