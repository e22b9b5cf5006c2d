"""The calendar part of a mail, as it stands in the bytes that go out."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


def sent(email) -> EmailMessage:
    """A mail of Django's as whoever gets it reads it."""
    return message_from_bytes(email.message().as_bytes(linesep="\r\n"), policy=default)


def calendar_part(email) -> EmailMessage:
    (part,) = [part for part in sent(email).walk() if part.get_content_type() == "text/calendar"]
    return part


def calendar_bytes(email) -> bytes:
    return calendar_part(email).get_payload(decode=True)
