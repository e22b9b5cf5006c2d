"""The answer to an employee's request for a talk; others get a mail (articles/talk_mail.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import TalkRequest
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class TalkAnswered(LineKind):
    """The page has the words, and the calendar file of a yes."""

    name = "articles.talk_answer"
    label = gettext_lazy("The answer to a request for a presentation")
    topic = Topic.ANSWERS

    def line(self, notification: Notification) -> Line | None:
        answered = TalkRequest.objects.filter(asked_by=notification.employee)
        talk = answered.select_related("theme").filter(pk=notification.object_id).first()
        if talk is None or talk.is_waiting:
            return None
        text = (
            _("Yes to your presentation about »%(theme)s«")
            if talk.accepted
            else _("No to your presentation about »%(theme)s«")
        )
        return Line(
            text % {"theme": talk.theme.nav_title}, reverse("articles:talk", args=[talk.pk])
        )
