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
from sparring.beliefs.queries.needs import waiting_for_own_bid
from sparring.enums import Answer
from sparring.models import Belief, Case, Participation
free = Case.objects.filter(status="active", sessions__isnull=True, requests__isnull=True)
free = free.exclude(owner__username__in=["amina.yusuf", "lars.brandt"])
own = [case for case in free.for_owner() if case.bid_by == case.owner_id]
busy = [case for case in own if waiting_for_own_bid(case.owner).count() > 2]
asked = Participation.objects.filter(
    answer=Answer.INVITED, session__state="planned", holds_time=True,
    session__starts_at__gt=timezone.now() + timedelta(hours=1),
).select_related("employee").first()
print(own[0].code, own[0].owner.username, busy[0].owner.username, asked.employee.username)
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


def test_asking_for_ten_minutes_takes_three(counted, known):
    code, owner, *_rest = known
    page = counted(owner, f"/sager/{code}/")

    page.get_by_role("link", name="Har du lige ti minutter?").click()
    page.get_by_role("heading", level=1).wait_for()

    assert page.locator("main form button[type=submit]").count() >= 1
    assert clicks(page) <= 2  # one more sends it


def test_every_case_that_waits_takes_two_clicks(counted, known):
    *_rest, busy, _asked = known
    page = counted(busy, "/sager/")
    page.get_by_role("link", name="Giv bud på de").click()

    for _case in range(2):
        before = page.url
        page.locator("#id_value_5").check(force=True)
        page.get_by_label("Fordi …").fill("Mødet i dag viste, hvad der kan lade sig gøre.")
        page.get_by_role("button", name="Gem og tag den næste").click()
        page.wait_for_url(lambda url, before=before: url != before)

    assert clicks(page) <= 1 + 2 * 2


def test_an_invitation_is_answered_by_one(counted, known):
    page = counted(known[-1], "/sparring/")

    page.get_by_role("button", name="Ja, jeg kommer").first.click()

    expect(page.get_by_text("Tak").or_(page.get_by_text("Du kommer")).first).to_be_visible()
    assert clicks(page) == 1
