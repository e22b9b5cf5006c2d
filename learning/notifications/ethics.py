"""The ethics statement is to be read and confirmed again, to who has not within a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.queries.ethics import current_statement, to_confirm
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class EthicsDue(LineKind):
    """Nothing once it is confirmed, or once there is a newer version, which asks for itself."""

    name = "learning.ethics"
    label = gettext_lazy("The ethics statement is to be confirmed")
    topic = Topic.REMINDERS
    once_ever = True

    def line(self, notification: Notification) -> Line | None:
        statement = current_statement()
        if statement is None or str(statement.pk) != notification.object_id:
            return None
        if not to_confirm(statement).filter(pk=notification.employee_id).exists():
            return None
        return Line(_("Read the ethics statement and stand by it"), reverse("learning:ethics"))
