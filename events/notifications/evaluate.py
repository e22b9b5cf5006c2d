"""Three questions to those who were there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.notifications._event_mail import EventKind, find
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp
    from people.models import Notification


@register_kind
class Evaluate(EventKind):
    name = "events.evaluate"
    label = gettext_lazy("Three questions after an event")
    topic = Topic.REMINDERS
    text = "evaluate"

    def subject(self, title: str) -> str:
        return _("Three short questions: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.is_seated and sign_up.came is not False and not sign_up.has_evaluated

    def line(self, notification: Notification) -> Line | None:
        pk, _colon, occasion = notification.object_id.partition(":")
        found = find(pk)
        if found is None or not self.holds(*found, occasion):
            return None
        sign_up = found[0]
        text = _("Three short questions: %(title)s") % {"title": sign_up.event.title}
        return Line(text, reverse("events:evaluate", args=[sign_up.event_id]))
