"""An event is near: a week before, and the day before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.notifications._event_mail import EventKind, find
from kb.templatetags.ui import clock, weekday
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp
    from people.models import Notification


@register_kind
class Reminder(EventKind):
    name = "events.reminder"
    label = gettext_lazy("An event the person takes part in is near")
    topic = Topic.REMINDERS
    text = "reminder"

    def subject(self, title: str) -> str:
        return _("Soon: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.is_seated and not entry.cancelled and entry.starts_at > timezone.now()

    def line(self, notification: Notification) -> Line | None:
        pk, _colon, occasion = notification.object_id.partition(":")
        found = find(pk)
        if found is None or not self.holds(*found, occasion):
            return None
        sign_up, entry = found
        words = {
            "title": sign_up.event.title,
            "day": weekday(entry.starts_at),
            "time": clock(entry.starts_at),
        }
        return Line(_("%(title)s: %(day)s %(time)s") % words, sign_up.event.url)
