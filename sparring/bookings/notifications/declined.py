"""A colleague cannot come, to who can find another: the case's caseworker and coordinators.

It has no calendar file: it goes as its readers want answers to come, also in the day's mail.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import register_kind
from sparring.bookings.notifications._session_mail import SessionKind, when
from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.shared.guards import coordinates

if TYPE_CHECKING:
    from people.models import Employee, Notification


@register_kind
class Declined(SessionKind):
    """Old news once the session is called off."""

    name = "sparring.declined"
    label = gettext_lazy("A colleague cannot come")
    topic = Topic.ANSWERS
    text = "declined"

    def subject(self, starts_at: datetime) -> str:
        return _("A colleague cannot come: sparring %(day)s %(time)s") % when(starts_at)

    def is_overtaken(self, notification: Notification, session: SparringSession) -> bool:
        off = session.state == SessionState.CANCELLED
        if off and session.calendar_sequence > (notification.event_sequence or 0):
            return True
        return super().is_overtaken(notification, session)

    def line(self, notification: Notification) -> Line | None:
        session = (
            SparringSession.objects.filter(
                pk=notification.object_id,
                state=SessionState.PLANNED,
                starts_at__gt=timezone.now(),
            )
            .select_related("case")
            .first()
        )
        if session is None or not _may_find_another(notification.employee, session):
            return None
        text = _("A colleague cannot come: sparring %(day)s %(time)s") % when(session.starts_at)
        return Line(text, reverse("sparring:index"))


def _may_find_another(employee: Employee, session: SparringSession) -> bool:
    case = session.case
    return case.owner_id == employee.pk or coordinates(employee, case.municipality_id)
