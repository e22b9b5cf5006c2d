"""An agreed action whose deadline is near, to who is to see to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import weekday
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.beliefs.queries.actions import actions_of
from sparring.enums import CaseStatus
from sparring.sessions.queries.sessions import answerable

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class DeadlineNear(LineKind):
    name = "sparring.deadline_near"
    label = gettext_lazy("The deadline of an agreement is near")
    topic = Topic.REMINDERS

    def line(self, notification: Notification) -> Line | None:
        row = (
            actions_of(notification.employee)
            .filter(pk=notification.object_id, done_on__isnull=True, ended_on__isnull=True)
            .exclude(case__status=CaseStatus.CLOSED)
            .select_related("case__owner", "responsible")
            .first()
        )
        if row is None or answerable(row) != notification.employee:
            return None
        text = _("An agreement of yours has its deadline %(day)s") % {"day": weekday(row.deadline)}
        return Line(text, reverse("sparring:index"))
