"""A mail of one line or of the day's: each topic's lines together, with the link that stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse

from people.enums import Topic
from people.mails import absolute, personal_mail, unsubscribe_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMultiAlternatives

    from people.models import Employee


@dataclass(frozen=True)
class Line:
    """One sentence without anything about a case, and the path behind login that it leads to."""

    text: str
    path: str


def collected_mail(
    *, employee: Employee, lines: Sequence[tuple[Topic, Line]], subject: str, message_id: str
) -> EmailMultiAlternatives:
    """Write the lines as one mail, in the order of the topics."""
    topics = [topic for topic in Topic if any(topic == about for about, _line in lines)]
    groups = [
        {
            "topic": topic.label,
            "lines": [
                {"text": line.text, "address": absolute(line.path)}
                for about, line in lines
                if about == topic
            ],
            "stop": unsubscribe_address(employee, [topic]),
        }
        for topic in topics
    ]
    context = {
        "employee": employee,
        "groups": groups,
        "settings_address": absolute(reverse("people:own_calendar")),
    }
    text = render_to_string("people/mail/notifications.txt", context)
    return personal_mail(
        employee=employee, subject=subject, text=text, message_id=message_id, topics=topics
    )
