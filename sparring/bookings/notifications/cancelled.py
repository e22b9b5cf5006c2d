"""A session is off, or its reader is out of it, with the calendar file that removes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.enums import Topic
from people.notification_kinds import register_kind
from sparring.bookings.notifications._session_mail import SessionKind, when
from sparring.enums import Answer
from sparring.models import Participation

if TYPE_CHECKING:
    from people.models import Notification
    from sparring.models import SparringSession


@register_kind
class Cancelled(SessionKind):
    name = "sparring.cancelled"
    label = gettext_lazy("A session was cancelled")
    topic = Topic.INVITATIONS
    text = "cancelled"
    gathers = True
    waits = True
    method = "CANCEL"

    def subject(self, starts_at: datetime) -> str:
        return _("Cancelled: sparring %(day)s %(time)s") % when(starts_at)

    def attendees(
        self, notification: Notification, session: SparringSession
    ) -> list[Participation]:
        """Its reader alone: who else was asked is over for them."""
        return [Participation(employee=notification.employee, answer=Answer.INVITED)]
