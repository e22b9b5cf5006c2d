"""A mail as text and as plain HTML, with the links that stop it (RFC 2369, RFC 8058)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from people.enums import ALWAYS_AT_ONCE, Topic
from people.models import Employee

SALT = "people.unsubscribe"


def personal_mail(
    *, employee: Employee, subject: str, text: str, message_id: str, topics: Sequence[str] = ()
) -> EmailMultiAlternatives:
    """A mail to one person. `topics`: what its one-click link stops; none for what always goes out.

    `message_id` is the same each time the same mail is sent, so that a client shows it once.
    """
    stopped = [topic for topic in topics if topic not in ALWAYS_AT_ONCE]
    mail = letter_to(employee.email, subject=subject, text=text, message_id=message_id)
    if stopped:
        mail.extra_headers["List-Unsubscribe"] = f"<{unsubscribe_address(employee, stopped)}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def letter_to(address: str, *, subject: str, text: str, message_id: str) -> EmailMultiAlternatives:
    """The same to somebody without an account; nothing in it can be chosen away."""
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        to=[address],
        headers=automatic(message_id),
    )
    mail.attach_alternative(
        render_to_string("people/mail/mail.html", {"subject": subject, "text": text}), "text/html"
    )
    return mail


def automatic(message_id: str) -> dict[str, str]:
    """Headers of every mail that no person wrote: a name of its own, and no out-of-office answer.

    The name is the same each time the same mail is sent, and another one in another installation,
    also where both are called localhost.
    """
    own = salted_hmac("people.message_id", message_id, algorithm="sha256").hexdigest()[:16]
    return {
        "Message-ID": f"<{message_id}.{own}@{host()}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834
    }


def unsubscribe_address(employee: Employee, topics: Iterable[str]) -> str:
    """A signed address that stops these topics without login. It does not run out."""
    token = signing.dumps([employee.pk, sorted(topics)], salt=SALT)
    return absolute(reverse("people:unsubscribe", args=[token]))


def read_unsubscribe(token: str) -> tuple[Employee, list[Topic]] | None:
    """Who and which topics a signed link is about; None for a link that is not ours."""
    try:
        pk, topics = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    employee = Employee.objects.filter(pk=pk).first()
    return (employee, [Topic(topic) for topic in topics]) if employee else None


def absolute(path: str) -> str:
    """Return the full address of a path of this site, as mails and calendars need it."""
    return settings.BASE_URL.rstrip("/") + path


def host() -> str:
    """The site's name, as it stands in Message-IDs and in the UIDs of talks."""
    return urlsplit(settings.BASE_URL).hostname or "sparringsrummet"
