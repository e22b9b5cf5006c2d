"""Whether a session still concerns the reader of a notification about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from sparring.enums import SessionState
from sparring.models import Participation
from sparring.models.access_rule import access_is_active

if TYPE_CHECKING:
    from people.models import Notification


def lasting_participation(notification: Notification) -> Participation | None:
    """The reader's participation in the session, as long as it gives them access to the case."""
    participations = Participation.objects.filter(
        access_is_active(), session=int(notification.object_id), employee=notification.employee_id
    )
    return participations.select_related("session").first()


def coming_participation(notification: Notification) -> Participation | None:
    """The reader's participation in a planned session ahead."""
    participation = lasting_participation(notification)
    if participation is None or not participation.holds_time:
        return None
    session = participation.session
    ahead = session.state == SessionState.PLANNED and session.starts_at > timezone.now()
    return participation if ahead else None
