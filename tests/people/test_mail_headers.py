"""Every mail says that no person wrote it, and has a name that no other mail has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse

from people.mails import personal_mail
from people.tasks import mail_reset_link
from stories.domain.notices import tell
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_published
from tests.sent_notifications import send_all

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
MAKES_A_MAIL = re.compile(r"\b(EmailMessage|EmailMultiAlternatives)\(")


@pytest.fixture
def outbox(settings, client):
    """Mails of four rooms: a story's decision and notice, a letter, and the login's."""
    settings.BASE_URL = "https://sparring.example.org"
    author = EmployeeFactory(email="forfatter@example.org")
    story = make_published(author)
    mail.outbox.clear()
    send_all("stories.decision")
    tell(story=story, kind="stories.taken_back", people=[author], occasion="back")
    send_all("stories.taken_back")
    personal_mail(employee=author, subject="Hej", text="Hej", message_id="hej-1").send()
    for _time in range(2):
        client.post(reverse("account_reset_password"), {"email": author.email})
        mail_reset_link(employee_id=author.pk)
    return mail.outbox


def test_no_mail_is_answered_by_an_absence_nor_taken_for_another(outbox):
    assert len(outbox) == 5
    assert {sent.message()["Auto-Submitted"] for sent in outbox} == {"auto-generated"}
    names = [sent.message()["Message-ID"] for sent in outbox]
    assert len(set(names)) == 5
    assert all(re.fullmatch(r"<[\w.-]+@sparring\.example\.org>", name) for name in names)


def test_the_same_mail_has_another_name_in_another_installation(settings):
    author = EmployeeFactory()
    names = []
    for secret in ("one" * 20, "one" * 20, "two" * 20):
        settings.SECRET_KEY = secret
        sent = personal_mail(
            employee=author, subject="Hej", text="Hej", message_id="story-notice-1"
        )
        names.append(sent.extra_headers["Message-ID"])

    assert names[0] == names[1] != names[2]


def test_mails_are_made_in_one_place():
    makers = [
        path.relative_to(ROOT).as_posix()
        for config in apps.get_app_configs()
        if ROOT in Path(config.path).parents and ".venv" not in config.path
        for path in Path(config.path).rglob("*.py")
        if MAKES_A_MAIL.search(path.read_text())
    ]

    assert makers == ["people/mails.py"]
