"""A guest without an account on the waiting list of a full event, who leaves it twice."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, beyond_the_edge, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
SLUG = "aabent-hus-hos-fem-virksomheder"
LINK = re.compile(r"http://\S+(/arrangementer/plads/\S+/)")
FILL = f"""
from events.models import EventPage
event = EventPage.objects.get(slug="{SLUG}")
EventPage.objects.filter(pk=event.pk).update(capacity=event.sign_ups.seated().count())
"""


def link_for(stack: Stack, address: str) -> str:
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in stack.mail.iterdir()]
    mine = [mail for mail in mails if address in str(mail["To"])]
    found = [LINK.search(mail.get_body(("plain",)).get_content()) for mail in mine]
    return next(link[1] for link in found if link is not None)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_guest_waits_and_leaving_twice_says_one_clear_sentence(
    browser: Browser, stack: Stack, width: int
):
    stack.manage("shell", "-c", FILL)
    address = f"gaest-{width}@example.org"
    visitor = Visitor(browser, stack)
    page = visitor.open(f"/arrangementer/{SLUG}/", width)
    page.get_by_role("link", name="Jeg har ikke en konto her").click()
    assert beyond_the_edge(page) == []
    page.get_by_label("Dit navn").fill("Ane Holm")
    page.get_by_label("Din mailadresse").fill(address)
    page.get_by_role("button", name="Send mig linket").click()
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()
    stack.run_jobs()

    mine = link_for(stack, address)
    page = visitor.open(mine, width)
    page.get_by_role("button", name="Ja, tilmeld mig").click()
    expect(page.get_by_text("på ventelisten").first).to_be_visible()
    assert axe_violations(page) == []
    assert beyond_the_edge(page) == []
    assert english_on(page) == []

    again = visitor.context.new_page()
    again.goto(mine)
    for tab in (page, again):
        tab.get_by_role("button", name="Forlad ventelisten").click()
    expect(page.get_by_text("Du har meldt afbud.").first).to_be_visible()
    expect(again.get_by_text("Du har allerede meldt afbud.")).to_have_count(1)
    expect(again.get_by_role("button", name="Forlad ventelisten")).to_have_count(0)
    assert visitor.problems == []
    visitor.context.close()
