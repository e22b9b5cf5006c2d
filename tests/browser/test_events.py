"""Signing up in a real browser: in two clicks, once by a double click, and as a guest."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stack import Stack
from tests.browser.visits import Visitor, axe_violations, english_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
EVENT = "/arrangementer/netvaerksdag-tro-uden-handling/"
LINK = re.compile(r"http://\S+(/arrangementer/plads/\S+/)")


def bodies(stack: Stack) -> str:
    mails = (message_from_bytes(path.read_bytes(), policy=default) for path in stack.mail.iterdir())
    return "\n".join(mail.get_body(("plain",)).get_content() for mail in mails)


def test_a_double_click_signs_up_once_and_two_clicks_cancel(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack, "mai.nguyen")
    page = visitor.open(EVENT, 390)
    page.get_by_role("link", name="Tilmeld dig").click()
    page.get_by_role("button", name="Ja, tilmeld mig").dblclick()
    expect(page.get_by_text("Du har en plads.")).to_be_visible()

    page.get_by_role("link", name="Meld afbud").click()
    page.get_by_role("button", name="Ja, meld afbud").dblclick()
    expect(page.get_by_role("link", name="Tilmeld dig")).to_be_visible()

    visitor.open(EVENT)
    expect(page.get_by_text("Du har en plads.")).to_have_count(0)
    visitor.context.close()


def test_a_guest_signs_up_and_cancels_by_the_link_in_the_mail(browser: Browser, stack: Stack):
    visitor = Visitor(browser, stack)
    page = visitor.open(EVENT)
    page.get_by_role("link", name="Jeg har ikke en konto her").click()
    page.get_by_label("Dit navn").fill("Ane Holm")
    page.get_by_label("Din mailadresse").fill("ane@example.org")
    page.get_by_role("button", name="Send mig linket").dblclick()
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()

    stack.run_jobs()
    found = LINK.search(bodies(stack))
    assert found is not None
    page = visitor.open(found[1], 390)
    assert axe_violations(page) == []
    assert english_on(page) == []
    page.get_by_role("button", name="Ja, tilmeld mig").click()
    expect(page.get_by_text("Du har en plads.")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Meld afbud").click()
    expect(page.get_by_role("button", name="Meld afbud")).to_have_count(0)
    assert visitor.problems == []
    visitor.context.close()
