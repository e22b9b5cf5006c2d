"""Who sends, approves or comments on something in the admin is told in our words, by our mails."""

from __future__ import annotations

import re
from weakref import ref

import pytest
import wagtail.signals
from django.dispatch import Signal
from django.test import Client
from wagtail.admin.mail import Notifier
from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile

from kb.domain.approvals import tell_commenters
from kb.models import PublicationPage
from stories.models import StoryPage
from tests.factories.approvals import run_mails, sent, sent_page
from tests.factories.kb import KeyFigureFactory, PublicationPageFactory
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_published

pytestmark = pytest.mark.django_db
SITE = "https://sparring.example.org"


@pytest.fixture(autouse=True)
def site(settings):
    """Wagtail's own setting stays what it was: no link is made of it."""
    settings.BASE_URL, settings.WAGTAILADMIN_BASE_URL = SITE, "http://andetsteds.example"


@pytest.fixture
def fatima():
    return EmployeeFactory(project_staff=True)


@pytest.fixture
def anna():
    return EmployeeFactory(approver=True)


def check_ours(mail, person, path):
    """Ours in every part: to whom, headers, link, Danish."""
    assert mail.to == [person.email]
    headers = mail.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[\w.-]+@sparring\.example\.org>", headers["Message-ID"])
    assert f"\n{SITE}{path}\n" in mail.body
    assert "andetsteds" not in mail.body
    assert mail.subject.startswith("Sparringsrummet: ")


@pytest.mark.parametrize("kind", ["page", "figure"])
def test_the_approvers_are_told_what_waits_for_them(kind, fatima, anna, mailoutbox):
    EmployeeFactory(is_superuser=True)  # Wagtail would tell them too
    if kind == "page":
        task = sent(PublicationPageFactory(title="Tro og udfald"), fatima)
        path = f"/redaktion/pages/{task.workflow_state.object_id}/edit/"
    else:
        sent_page(fatima).delete()  # makes the pages' workflow
        mailoutbox.clear()
        task = sent(KeyFigureFactory(statement="Tro og udfald"), fatima)
        path = f"/redaktion/snippets/kb/keyfigure/edit/{task.workflow_state.object_id}/"
    assert mailoutbox == []  # nothing goes out within somebody's click

    run_mails()

    [told] = [mail for mail in mailoutbox if "Tro og udfald" in mail.subject]
    check_ours(told, anna, path)
    assert told.subject == "Sparringsrummet: »Tro og udfald« venter på din godkendelse"


def test_the_sender_is_told_the_answer_with_the_approvers_words(fatima, anna, mailoutbox):
    task = sent_page(fatima, title="Tro og udfald")
    run_mails()
    mailoutbox.clear()

    task.reject(user=anna, comment="Skriv, hvor tallet kommer fra.")
    run_mails()

    [told] = mailoutbox
    check_ours(told, fatima, f"/redaktion/pages/{task.workflow_state.object_id}/edit/")
    assert told.subject == "Sparringsrummet: »Tro og udfald« er kommet tilbage til dig"
    assert "»Skriv, hvor tallet kommer fra.«" in told.body


def test_what_no_mail_may_carry_is_left_out_of_the_words(fatima, anna, mailoutbox):
    task = sent_page(fatima)
    task.reject(user=anna, comment="Spørg borgeren med CPR 010190-1234 først.")

    run_mails()

    [told] = [mail for mail in mailoutbox if mail.to == [fatima.email]]
    assert "010190" not in told.body


def test_the_sender_is_told_where_readers_see_it(fatima, anna, mailoutbox):
    task = sent_page(fatima, title="Tro og udfald")
    task.approve(user=anna)

    run_mails()

    [told] = mailoutbox  # and the approver is asked for nothing any more
    page = PublicationPage.objects.get()
    check_ours(told, fatima, page.get_url())
    assert told.subject == "Sparringsrummet: »Tro og udfald« er godkendt"


def test_who_is_out_or_wants_no_mail_gets_none(fatima, mailoutbox):
    out, quiet, gone = (EmployeeFactory(approver=True) for _number in range(3))
    sent_page(fatima)
    type(out).objects.filter(pk=out.pk).update(roles=["caseworker"])  # groups not yet in step
    UserProfile.objects.update_or_create(user=quiet, defaults={"submitted_notifications": False})
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    assert len(run_mails()) == 3
    assert mailoutbox == []


def form_of(client, page):
    """Everything the page's form sends when nothing is changed, as the browser would."""
    html = client.get(f"/redaktion/pages/{page.pk}/edit/").context["form"]
    data = {}
    for form in [html, *html.formsets.values()]:
        fields = form.management_form if hasattr(form, "management_form") else form
        for bound in fields:
            value = bound.value()
            data[bound.html_name] = "" if value is None or value is False else value
    return data


def test_a_comment_is_told_without_its_words(fatima, anna, mailoutbox):
    page = sent_page(fatima, title="Tro og udfald").workflow_state.content_object
    run_mails()
    mailoutbox.clear()
    left = EmployeeFactory()
    for person in (fatima, anna, left):
        PageSubscription.objects.create(user=person, page=page, comment_notifications=True)
    client = Client()
    client.force_login(anna)
    comment = {"text": "Hvad med Jens fra Vejle?", "contentpath": "title"}
    replies = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    data = form_of(client, page) | {"comments-TOTAL_FORMS": 1}
    data |= {f"comments-0-{name}": value for name, value in comment.items()}
    data |= {f"comments-0-replies-{name}": value for name, value in replies.items()}

    answer = client.post(f"/redaktion/pages/{page.pk}/edit/", data)
    run_mails()

    assert answer.status_code == 302
    [told] = [mail for mail in mailoutbox if "kommentar" in mail.subject]
    check_ours(told, fatima, f"/redaktion/pages/{page.pk}/edit/")
    assert "Jens" not in told.body


def test_stories_have_mails_of_their_own(anna, mailoutbox):
    story = StoryPage.objects.get(pk=make_published().pk)
    PageSubscription.objects.create(user=anna, page=story, comment_notifications=True)
    mailoutbox.clear()

    tell_commenters(page=story, threads=[], by=story.author)

    assert len(run_mails()) == 1
    assert mailoutbox == []


def test_wagtail_sends_no_mail_of_its_own():
    """A mail that a later Wagtail adds to its signals is seen here."""
    signals = (value for value in vars(wagtail.signals).values() if isinstance(value, Signal))
    found = [
        receiver
        for signal in signals
        for _key, reference, *_rest in signal.receivers
        if isinstance(
            receiver := reference() if isinstance(reference, ref) else reference, Notifier
        )
    ]

    assert found == []
