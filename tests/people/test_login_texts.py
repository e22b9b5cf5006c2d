"""Every page, message and mail of the login: in our Danish, with links of BASE_URL."""

from __future__ import annotations

import html
import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as site
from django.core import mail
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kb.views import errors
from people import login_urls
from people.demo import DEMO_CREDENTIAL
from people.domain.accounts import note_change
from people.enums import AccountChange
from people.login_limits import RESETS_FROM_CLIENT, RESETS_OF_ACCOUNT
from people.tasks import mail_reset_link
from tests.factories.people import EmployeeFactory
from tests.sent_notifications import send_all

pytestmark = pytest.mark.django_db
EVIL = "evil.example"
# The library's English and its Danish, addresses nobody meant, and what a template left over.
FOREIGN = re.compile(
    r"""password|emailadresse|e-mail|email|succesfuldt|tofaktor|autentifi|godkender|
    example\.com|127\.0\.0\.1|evil|\b4711\b|Hej\ fra|Tak\ fordi|%\(|\{\{|\{%|None|Promise|
    \b(?:the|your|you|please|code|account|sign|again|wrong)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Addresses, ids and names of fields are no texts.
TECHNICAL = re.compile(r"https?://\S+|otpauth:\S+")


def texts(document):
    """What somebody reads or hears on a page."""
    shown = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>|<!--.*?-->", " ", document)
    heard = re.findall(r'(?:alt|aria-label|placeholder|title|data-text-[\w-]+)="([^"]*)"', shown)
    plain = re.sub(r"<[^>]+>", " ", shown)
    return html.unescape(" ".join([plain, *heard]))


def foreign(text):
    return FOREIGN.findall(TECHNICAL.sub(" ", text))


def logged_in(*, two_step):
    person = EmployeeFactory(first_name="Mai", last_name="Nguyen")
    person.set_password(DEMO_CREDENTIAL)
    person.save()
    if two_step:
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(person)
    client = Client()
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": DEMO_CREDENTIAL})
    return client


PAGES = sorted(pattern.name for pattern in login_urls.urlpatterns)


def _address(name):
    keys = {"uidb36": "1", "key": "abc-def"}
    return reverse(name, kwargs=keys if name == "account_reset_password_from_key" else None)


def _answers(name):
    """The page as everybody may meet it, and what it says to a form that is empty or wrong."""
    clients = [Client(), logged_in(two_step=False), logged_in(two_step=True)]
    half = Client()
    person = EmployeeFactory()
    person.set_password(DEMO_CREDENTIAL)
    person.save()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    half.post(reverse("account_login"), {"login": person.username, "password": DEMO_CREDENTIAL})
    wrong = {
        "login": "findes.ikke", "password": "x", "oldpassword": "x", "password1": "kort",
        "password2": "andet", "email": "ikke en adresse", "code": "000000",
    }  # fmt: skip
    for client in [*clients, half]:
        yield client.get(_address(name), follow=True)
        yield client.post(_address(name), {}, follow=True)
        yield client.post(_address(name), wrong, follow=True)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_in_our_danish_and_kept_by_nobody(name):
    for answer in _answers(name):
        path = answer.request["PATH_INFO"]
        assert answer.status_code in (200, 404, 405), (name, answer.status_code)
        if path.startswith("/konto/"):
            assert foreign(texts(answer.content.decode())) == [], (name, path)
        if path.startswith("/konto/") and answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"], (name, path)


def test_the_pages_are_all_that_there_is_of_the_library():
    ours = {pattern.name for pattern in login_urls.urlpatterns}
    theirs = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(("account_", "mfa_", "socialaccount_"))
    }

    assert theirs <= ours


def test_every_message_is_in_our_danish():
    person = EmployeeFactory()
    shown = [
        render_to_string(f"{name}.txt", {"user": person}).strip()
        for name in (
            "account/messages/logged_in",
            "account/messages/logged_out",
            "account/messages/password_changed",
            "account/messages/password_set",
            "mfa/messages/totp_activated",
            "mfa/messages/totp_deactivated",
            "mfa/messages/recovery_codes_generated",
        )
    ]

    assert shown == [
        "",
        "Du er logget ud.",
        "Din adgangskode er ændret.",
        "Din adgangskode er gemt.",
        "Login i to trin er slået til.",
        "Login i to trin er slået fra.",
        "Her er dine nødkoder. Gem dem et sikkert sted.",
    ]


def test_none_of_the_librarys_mails_goes_out():
    person = EmployeeFactory()
    request = RequestFactory().get("/", HTTP_HOST="testserver:4711")
    with context.request_context(request):
        adapter = get_adapter()
        adapter.send_mail("account/email/unknown_account", "fremmed@example.org", {})
        adapter.send_notification_mail("account/email/password_changed", person)

    assert mail.outbox == []


@pytest.mark.parametrize("change", AccountChange)
def test_every_mail_about_an_account_is_in_danish_with_our_address(change, settings):
    settings.BASE_URL = "https://sparring.kommune.example"
    person = EmployeeFactory(first_name="Mai", email="mai@example.org")

    note_change(actor=person, employee=person, change=change)
    send_all("people.account_change")
    mail_reset_link(employee_id=person.pk)

    for sent in mail.outbox:
        assert sent.subject.startswith("Sparringsrummet: ")
        assert sent.to == ["mai@example.org"]
        assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
        for text in (sent.subject, sent.body, texts(sent.alternatives[0][0])):
            assert foreign(text) == []
        links = re.findall(r"https?://[^\s<\"]+", sent.body)
        assert all(link.startswith("https://sparring.kommune.example/konto/") for link in links)
    assert len(mail.outbox) == 2
    assert "nogen har bedt om en ny adgangskode" in mail.outbox[1].body.lower()


# A forgotten password.


def ask(address, **extra):
    return Client().post(reverse("account_reset_password"), {"email": address}, **extra)


def jobs():
    found = ProcrastinateJob.objects.filter(task_name=mail_reset_link.name).order_by("id")
    return [job.args["employee_id"] for job in found]


def test_the_answer_is_the_same_and_only_a_known_address_gets_a_mail():
    person = EmployeeFactory(email="mai@example.org")
    closed = EmployeeFactory(email="lukket@example.org", is_active=False)

    known, unknown, gone = (
        ask(address) for address in ("MAI@example.org", "fremmed@example.org", closed.email)
    )

    assert [answer["Location"] for answer in (known, unknown, gone)] == [
        reverse("account_reset_password_done")
    ] * 3
    assert jobs() == [person.pk, 0, 0]  # the same work, and no stranger's address in it
    assert mail.outbox == []  # nobody waits for the mail to leave
    for number in jobs():
        mail_reset_link(employee_id=number)
    assert [sent.to for sent in mail.outbox] == [["mai@example.org"]]


def test_a_forged_host_is_in_no_mail(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    person = EmployeeFactory(email="mai@example.org")

    assert ask(person.email, HTTP_HOST=EVIL).status_code == 400
    ask(person.email, HTTP_HOST="testserver:4711", HTTP_X_FORWARDED_HOST=EVIL)
    [number] = jobs()
    mail_reset_link(employee_id=number)

    [sent] = mail.outbox
    [link] = re.findall(r"https?://\S+", sent.body)
    assert link.startswith(f"{site.BASE_URL}/konto/password/reset/key/")
    assert EVIL not in str(sent.message())
    assert ":4711" not in str(sent.message())


def test_nobody_is_flooded_and_a_flood_is_told_when_to_go_on():
    person = EmployeeFactory(email="mai@example.org")
    for _number in range(RESETS_OF_ACCOUNT.most + 1):
        answer = ask(person.email)
    assert jobs() == [person.pk] * RESETS_OF_ACCOUNT.most + [0]
    assert answer.status_code == 302

    for _number in range(RESETS_FROM_CLIENT.most):
        answer = ask("fremmed@example.org")

    body = answer.content.decode()
    assert "Mange har bedt om en ny adgangskode herfra. Prøv igen kl. " in body
    assert 'value="fremmed@example.org"' in body


# Two-step login.


def test_the_key_is_drawn_in_the_page_itself():
    client = logged_in(two_step=False)

    page = client.get(reverse("mfa_activate_totp"))

    body = page.content.decode()
    secret = page.context["form"].secret
    assert "<svg" in body
    assert "data:" not in body.split("<main", 1)[1].split("</main>")[0]
    assert "img-src 'self';" in page["Content-Security-Policy"] + ";"
    assert f"<strong>{secret}</strong>" in body
    assert f"otpauth://totp/{page.wsgi_request.user.username}?secret={secret}" in body


def test_an_account_whose_address_nobody_confirmed_turns_it_on():
    """What the library's address page, or a reset, left behind is in nobody's way."""
    client = logged_in(two_step=False)
    person = client.get("/konto/").wsgi_request.user
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert not Authenticator.objects.exists()


def test_the_page_for_too_many_is_never_blank():
    answer = errors.too_many_requests(RequestFactory().get("/"))

    assert answer.status_code == 429
    assert "Vent et kvarter, og prøv igen." in answer.content.decode()


def test_an_error_of_the_library_is_ours():
    for code in ("username_password_mismatch", "incorrect_code", "incorrect_password"):
        error = get_adapter().validation_error(code)
        assert isinstance(error, ValidationError)
        assert foreign(" ".join(error.messages)) == []
