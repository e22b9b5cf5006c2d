"""A missing outcome, to who brought the case and later to who led the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.bookings.notifications._session_mail import when
from sparring.enums import ParticipantRole, SessionState
from sparring.reminders.notifications._participations import lasting_participation

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class OutcomeMissing(LineKind):
    name = "sparring.outcome_missing"
    label = gettext_lazy("An outcome is missing")
    topic = Topic.REMINDERS

    def line(self, notification: Notification) -> Line | None:
        participation = lasting_participation(notification)
        if participation is None or participation.session.state != SessionState.AWAITING_OUTCOME:
            return None
        if participation.role == ParticipantRole.PRESENTER:
            text = _("The outcome is missing after your sparring %(day)s %(time)s")
        elif participation.role == ParticipantRole.FACILITATOR:
            text = _("The outcome is still missing after the sparring you led %(day)s %(time)s")
        else:
            return None
        path = reverse("sparring:session", args=[notification.object_id])
        return Line(text % when(participation.session.starts_at), path)
