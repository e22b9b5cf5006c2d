"""A follow-up that is due within two working days, to those who can answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import weekday
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.enums import CaseStatus
from sparring.sessions.queries.sessions import follow_ups_of

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class FollowUpDue(LineKind):
    name = "sparring.follow_up_due"
    label = gettext_lazy("A follow-up is due soon")
    topic = Topic.FOLLOW_UPS

    def line(self, notification: Notification) -> Line | None:
        row = (
            follow_ups_of(notification.employee)
            .filter(pk=notification.object_id, done_at__isnull=True, dropped_because="")
            .exclude(outcome__session__case__status=CaseStatus.CLOSED)
            .first()
        )
        if row is None:
            return None
        text = _("Follow-up on an agreement, %(day)s") % {"day": weekday(row.due_on)}
        return Line(text, reverse("sparring:follow_up", args=[row.pk]))
