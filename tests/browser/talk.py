"""What browser tests of a session share: the demo's next one, its people, the keyboard."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from .stack import Stack
from .visits import Visitor, axe_violations, beyond_the_edge

WIDTHS = (1280, 390)
FIRST_SESSION = """
from sparring.models import SparringSession
talk = SparringSession.objects.filter(state="planned", case__owner__username="amina.yusuf")
talk = talk.order_by("starts_at").first()
leader = talk.participations.get(role="facilitator").employee
print(talk.pk, leader.username)
"""
PEOPLE = (
    FIRST_SESSION
    + """others = talk.participations.filter(role="colleague").order_by("pk")
print(" ".join(row.employee.username for row in others))
"""
)
FOCUSED = """() => {
  const node = document.activeElement;
  // Between the page's end and its beginning nothing has the focus; the body says all its text.
  if (node === document.body) return ['', ''];
  const label = node.labels && node.labels[0];
  return [node.getAttribute('aria-label') || (label && label.innerText) || node.innerText || '',
    node.name || ''];
}"""


def first_session(stack: Stack) -> tuple[str, str]:
    """The address of the demo caseworker's next session, and who leads it."""
    number, leader = stack.manage("shell", "-v", "0", "-c", FIRST_SESSION).split()[-2:]
    return f"/sparring/{number}/", leader


def its_colleagues(stack: Stack) -> list[str]:
    """Who else is in that session, neither leading it nor bringing the case."""
    return stack.manage("shell", "-v", "0", "-c", PEOPLE).splitlines()[-1].split()


def focus(page: Page, *, text: str = "", name: str = "") -> None:
    """Tab on until the field with that name, or what is called so, has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        said, field = page.evaluate(FOCUSED)
        if (name and field == name) or (text and text in said):
            return
    raise AssertionError(f"no way by Tab to {text or name}")


def press(page: Page, text: str) -> None:
    """Go to a button or link by Tab and press Enter."""
    focus(page, text=text)
    page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    focus(page, name=name)
    page.keyboard.type(text)


def choose(page: Page, steps: int) -> None:
    """A number on the scale: into the group by Tab, then by arrow keys."""
    focus(page, name="value")
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=value]:checked")).to_have_value(str(steps))


def check(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == [], width
        assert beyond_the_edge(page) == [], width


def asked_again(page: Page) -> bool:
    """Whether the session's time is so far off that the page asks before it begins."""
    again = page.get_by_role("button", name="Start alligevel")
    expect(page.locator("#step-heading").or_(again)).to_be_visible()
    return again.is_visible()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Start sparringen").click()
    if asked_again(page):
        page.get_by_role("button", name="Start alligevel").click()
    expect(page.locator("#step-heading")).to_be_visible()


def get_the_lead(stack: Stack, browser: Browser, leader: str, address: str, page: Page) -> None:
    """The leader hands the lead on to the demo caseworker, whose page follows by itself."""
    theirs = Visitor(browser, stack, leader).open(address)
    theirs.get_by_role("button", name="Amina Yusuf").click()
    expect(page.get_by_role("button", name="Videre:")).to_be_visible(timeout=20_000)


def step_on(page: Page, step: str) -> None:
    page.get_by_role("button", name=f"Videre: {step}").click()
    expect(page.locator("#step-heading")).to_contain_text(step)
