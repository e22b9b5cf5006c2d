"""How many clicks a usual job takes, counted by the browser: a click too many fails here.

Typing is not counted; what is typed beside the clicks is in each test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .stack import Stack
from .visits import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
WIDTHS = (1280, 390)
COUNTING = """addEventListener('click', event => {
  if (event.isTrusted)
    sessionStorage.setItem('clicks', 1 + Number(sessionStorage.getItem('clicks') || 0));
}, true)"""
# A caseworker's case of that kind which nobody else's test uses; and how it is found again.
FIND = """
from datetime import timedelta
from django.utils import timezone
from sparring.enums import Answer
from sparring.models import Belief, Case, Participation
cases = Case.objects.filter(status="active").exclude(owner__username="amina.yusuf").for_owner()
open_now = ["requested", "listed", "booked"]
calm = cases.exclude(requests__state__in=open_now).exclude(sessions__state="planned")
own = [case for case in calm if case.bid_by == case.owner_id]
asked = Participation.objects.filter(
    answer=Answer.INVITED, session__state="planned", holds_time=True,
    session__starts_at__gt=timezone.now() + timedelta(hours=1),
).select_related("employee").first()
print(own[0].code, own[0].owner.username, asked.employee.username)
"""


@pytest.fixture(params=WIDTHS)
def width(request) -> int:
    return request.param


@pytest.fixture
def known(stack: Stack) -> list[str]:
    return stack.manage("shell", "-v", "0", "-c", FIND).splitlines()[-1].split()


@pytest.fixture
def counted(browser: Browser, stack: Stack, width: int) -> Iterator[Callable[[str, str], Page]]:
    """A page opened as somebody, whose clicks are counted from there on."""
    visitors: list[Visitor] = []

    def open_as(username: str, address: str) -> Page:
        visitors.append(Visitor(browser, stack, username))
        visitors[-1].context.add_init_script(COUNTING)
        page = visitors[-1].open(address, width)
        page.evaluate("sessionStorage.removeItem('clicks')")
        return page

    yield open_as
    for visitor in visitors:
        visitor.context.close()


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.getItem('clicks') || 0"))


def test_saying_that_it_is_still_the_same_takes_three(counted, known):
    code, owner, *_rest = known
    page = counted(owner, f"/sager/{code}/")

    page.get_by_role("link", name="Det er stadig det samme").click()
    page.get_by_label("Hvorfor er det stadig det samme?").fill("Aftalen om praktik holder endnu.")
    page.get_by_role("button", name="Bekræft din tro").click()

    expect(page.get_by_text("Din tro er bekræftet.")).to_be_visible()
    assert clicks(page) <= 3


def test_the_citizens_belief_takes_four(counted, known):
    code, owner, *_rest = known
    page = counted(owner, f"/sager/{code}/")

    page.locator(f'a[href="/sager/{code}/tro/borger/"]').first.click()
    page.locator("#id_value_7").check(force=True)
    page.get_by_label("Med borgerens egne ord").fill("Jeg vil gerne prøve igen.")
    page.get_by_role("button", name="Gem borgerens tro").click()

    expect(page.get_by_text("Borgerens tro er gemt.")).to_be_visible()
    assert clicks(page) <= 4


def test_an_invitation_is_answered_by_one(counted, known):
    page = counted(known[-1], "/sparring/")

    page.get_by_role("button", name="Ja, jeg kommer").first.click()

    expect(page.get_by_text("Tak").or_(page.get_by_text("Du kommer")).first).to_be_visible()
    assert clicks(page) == 1
