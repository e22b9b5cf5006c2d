"""The mail that asks for ten minutes: who asks, and where to answer; never about whom."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people.domain.notification_choices import wants
from people.enums import Frequency, Topic
from people.letters import absolute, letter
from sparring.enums import QuickAnswer, QuickState
from sparring.models import QuickInvitation


@transaction.atomic
def send_invitation(invitation_id: int) -> QuickInvitation | None:
    """Send one mail once; None when it came too late to matter, was sent before, or is not wanted
    at once: tomorrow nobody asks any more."""
    invitation = (
        QuickInvitation.objects.select_for_update(of=("self",))
        .select_related("ask__asked_by", "employee")
        .filter(
            pk=invitation_id,
            mailed_at__isnull=True,
            answer=QuickAnswer.ASKED,
            ask__state=QuickState.OPEN,
            ask__expires_at__gt=timezone.now(),
            employee__is_active=True,
        )
        .exclude(employee__email="")
        .first()
    )
    if invitation is None or wants(invitation.employee, Topic.ANSWERS) != Frequency.NOW:
        return None
    _message(invitation).send()
    invitation.mailed_at = timezone.now()
    invitation.save(update_fields=["mailed_at"])
    return invitation


def _message(invitation: QuickInvitation) -> EmailMessage:
    path = reverse("sparring:quick", args=[invitation.ask_id])
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "employee": invitation.employee,
            "asked_by": invitation.ask.asked_by,
            "until": invitation.ask.expires_at,
            "address": absolute(path),
        }
        return letter(
            employee=invitation.employee,
            subject=_("Do you have ten minutes?"),
            text=render_to_string("sparring/mail/quick.txt", words),
            message_id=f"quick-{invitation.pk}",
            topics=[Topic.ANSWERS],
        )
