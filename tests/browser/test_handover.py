"""A case changes hands in the browser: the note, the talk, the own bid first; wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import Stack
from .visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
WIDTHS = (1280, 390)
# A case to give away with nothing booked, whose owner has colleagues; another one each time.
GIVEN = """
from people.models import Employee
from sparring.handovers.queries.handovers import receivers_of
from sparring.models import Case
cases = Case.objects.filter(status="active", sessions__isnull=True, requests__isnull=True)
cases = cases.filter(ownerships__handover__isnull=True, beliefs__by_role="caseworker").distinct()
cases = cases.exclude(owner__username__in=["amina.yusuf", "lars.brandt"]).order_by("code")
case = next(case for case in cases if receivers_of(case.owner).exists())
new = receivers_of(case.owner).first()
people = Employee.objects.in_municipality(case.municipality_id)
coordinator = people.with_role("coordinator").first()
print(case.code, case.owner.username, new.username, new.pk, coordinator.username, case.owner_id)
"""


@pytest.fixture(params=WIDTHS)
def width(request) -> int:
    return request.param


@pytest.fixture
def given(stack: Stack) -> list[str]:
    return stack.manage("shell", "-v", "0", "-c", GIVEN).splitlines()[-1].split()


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[object]:
    visitors: list[Visitor] = []

    def log_in(username: str) -> Visitor:
        visitors.append(Visitor(browser, stack, username))
        return visitors[-1]

    yield log_in
    for visitor in visitors:
        visitor.context.close()


def look(visitor: Visitor) -> None:
    assert axe_violations(visitor.page) == []
    assert beyond_the_edge(visitor.page) == []
    assert english_on(visitor.page) == []
    assert visitor.problems == []


def fill_by_keyboard(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).focus()
    page.keyboard.type(text)


def test_a_case_is_given_away_and_taken_over(visit, given, width):
    code, owner, new, new_pk, _coordinator, _owner_pk = given
    giver = visit(owner)
    page = giver.open(f"/sager/{code}/", width)
    page.get_by_role("link", name="Overdrag sagen").click()
    look(giver)

    page.get_by_label("Hvem overtager").select_option(new_pk)
    fill_by_keyboard(page, "Hvad er aftalt med borgeren", "Vi ses på torsdag.")
    fill_by_keyboard(page, "Det, der virker", "Møder om formiddagen.")
    page.get_by_role("button", name="Overdrag den").press("Enter")
    page.get_by_role("heading", name="Overdragelser").wait_for()
    look(giver)
    page.get_by_role("link", name="Fra ").first.click()
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    look(giver)
    page.get_by_role("link", name="Skriv sedlen").first.click()
    expect(page.get_by_label("Det, der virker")).to_have_value("Møder om formiddagen.")
    look(giver)

    taker = visit(new)
    page = taker.open("/sager/", width)
    page.locator(f'main a[href="/sager/{code}/"]').first.click()
    expect(page.get_by_role("heading", name="Dit eget bud først")).to_be_visible()
    expect(page.get_by_text("Vi ses på torsdag.")).to_be_visible()
    expect(page.get_by_text("Møder om formiddagen.")).to_have_count(0)
    look(taker)


def test_the_talk_is_moved_and_held(visit, given, width):
    code, owner, _new, new_pk, _coordinator, _owner_pk = given
    giver = visit(owner)
    page = giver.open(f"/sager/{code}/overdrag/", width)
    page.get_by_label("Hvem overtager").select_option(new_pk)
    page.get_by_role("button", name="Overdrag den").click()
    page.get_by_role("link", name="Fra ").first.click()

    page.get_by_role("link", name="tidspunkt").first.click()
    look(giver)
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Vælg tidspunktet").click()
    expect(page.get_by_text("Tidspunktet er valgt.")).to_be_visible()
    page.get_by_role("link", name="Vi har talt sammen").click()
    look(giver)
    page.get_by_role("button", name="Ja, vi har talt sammen").click()

    expect(page.get_by_text("Noteret: I har talt sammen.")).to_be_visible()
    expect(page.get_by_role("link", name="Aflys den")).to_have_count(0)
    look(giver)


def test_the_coordinator_finds_whose_cases_are_to_be_given_away(visit, given, width):
    _code, _owner, _new, _new_pk, coordinator, owner_pk = given
    visitor = visit(coordinator)
    page = visitor.open("/", width)
    page.get_by_role("link", name="Overdragelser").first.click()
    look(visitor)

    page.locator(f'a[href="/overdragelser/sager/{owner_pk}/"]').click()

    expect(page.get_by_role("heading", name="Overdrag alle sager")).to_be_visible()
    expect(page.get_by_role("button", name="Overdrag dem alle")).to_be_visible()
    assert all(select.input_value() for select in page.locator("select").all())
    look(visitor)
