"""Mails about stories: no word of a story, neither title nor address (SEC-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse

from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind
from stories.models import StoryPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMultiAlternatives

    from people.models import Notification
    from stories.enums import State


class StoryKind(NotificationKind):
    """`label` is the subject too, `text` the part of the template.

    `states`: it is mailed while the story is in one of them.
    """

    once_ever = True
    text: ClassVar[str]
    states: ClassVar[Sequence[State]]

    def path(self, story: StoryPage) -> str:
        """Where the mail leads: to what waits for the reader."""
        return reverse("stories:queue")

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        story = StoryPage.objects.filter(pk=notification.object_id, state__in=self.states).first()
        if story is None:
            return None
        context = {
            "employee": notification.employee,
            "kind": self.text,
            "address": absolute(self.path(story)),
        }
        return personal_mail(
            employee=notification.employee,
            subject=str(self.label),
            text=render_to_string("stories/mail/notice.txt", context),
            message_id=f"story-notice-{notification.pk}",
        )
