"""Mails about stories: no word of a story, neither title nor address (docs/security.md R14)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stories.enums import Decision, State
from stories.models import StoryReview


@transaction.atomic
def tell_author(*, review_id: int) -> StoryReview | None:
    """Mail the author about one decision, once; None when it is gone or was mailed."""
    review = (
        StoryReview.objects.select_for_update(of=("self",))
        .select_related("story", "story__author")
        .filter(pk=review_id, mailed_at__isnull=True)
        .first()
    )
    if review is None or not review.story.author.is_active or not review.story.author.email:
        return None
    if review.story.state == State.WITHDRAWN:
        return None
    _message(review).send()
    review.mailed_at = timezone.now()
    review.save(update_fields=["mailed_at"])
    return review


def _message(review: StoryReview) -> EmailMessage:
    sent_back = review.decision == Decision.REJECTED
    path = (
        reverse("stories:draft", args=[review.story_id])
        if sent_back
        else reverse("stories:by_number", args=[review.story_id])
    )
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your story has come back to you") if sent_back else _("Your story is shared")
        text = render_to_string(
            "stories/mail/decision.txt",
            {
                "employee": review.story.author,
                "sent_back": sent_back,
                "opened": review.decision == Decision.OPENED,
                "address": settings.BASE_URL.rstrip("/") + path,
            },
        )
    return EmailMessage(
        subject=subject,
        body=text,
        to=[review.story.author.email],
        headers={"Message-ID": f"<story-review-{review.pk}@sparringsrummet>"},
    )
