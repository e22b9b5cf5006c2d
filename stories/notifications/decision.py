"""What a reader decided about a story, to its author: no word of the story (SEC-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind, register_kind
from privacy.anonymity import check
from stories.enums import Decision, State
from stories.models import StoryReview

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Notification


@register_kind
class StoryDecision(NotificationKind):
    """Nothing once the story is withdrawn."""

    name = "stories.decision"
    label = gettext_lazy("A reader has decided about a story")
    once_ever = True

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        reviews = StoryReview.objects.exclude(story__state=State.WITHDRAWN)
        review = reviews.filter(pk=notification.object_id).first()
        if review is None:
            return None
        sent_back = review.decision == Decision.REJECTED
        page = "stories:draft" if sent_back else "stories:by_number"
        context = {
            "employee": notification.employee,
            "sent_back": sent_back,
            "opened": review.decision == Decision.OPENED,
            "reason": _safe_reason(review) if sent_back else "",
            "address": absolute(reverse(page, args=[review.story_id])),
        }
        return personal_mail(
            employee=notification.employee,
            subject=_("Your story has come back to you")
            if sent_back
            else _("Your story is shared"),
            text=render_to_string("stories/mail/decision.txt", context),
            message_id=f"story-review-{review.pk}",
        )


def _safe_reason(review: StoryReview) -> str:
    """The reader's words, unless the check finds in them what a mail must not carry."""
    return "" if check(review.reason).findings else review.reason
