"""A colleague asks for ten minutes now: who asks, and where to answer; never about whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.enums import Topic
from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind, register_kind
from sparring.enums import QuickAnswer, QuickState
from sparring.models import QuickInvitation

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Notification


@register_kind
class QuickSession(NotificationKind):
    """Nothing when it comes too late to matter, nor in the day's mail: tomorrow nobody asks."""

    name = "sparring.quick"
    label = gettext_lazy("A colleague asks for ten minutes")
    topic = Topic.ANSWERS
    in_digest = False

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        invitation = (
            QuickInvitation.objects.select_related("ask__asked_by")
            .filter(
                pk=notification.object_id,
                answer=QuickAnswer.ASKED,
                ask__state=QuickState.OPEN,
                ask__expires_at__gt=timezone.now(),
            )
            .first()
        )
        if invitation is None:
            return None
        words = {
            "employee": notification.employee,
            "asked_by": invitation.ask.asked_by,
            "until": invitation.ask.expires_at,
            "address": absolute(reverse("sparring:quick", args=[invitation.ask_id])),
        }
        return personal_mail(
            employee=notification.employee,
            subject=_("Do you have ten minutes?"),
            text=render_to_string("sparring/mail/quick.txt", words),
            message_id=f"quick-{invitation.pk}",
            topics=[Topic.ANSWERS],
        )
