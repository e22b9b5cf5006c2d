"""Mails about stories: no word of a story, neither title nor address (SEC-21)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people.letters import absolute, letter
from privacy.anonymity import check
from stories.enums import LIVE_STATES, Decision, NoticeKind, State
from stories.models import StoryNotice, StoryReview


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
                "reason": _safe_reason(review) if sent_back else "",
                "address": absolute(path),
            },
        )
    return letter(
        employee=review.story.author,
        subject=subject,
        text=text,
        message_id=f"story-review-{review.pk}",
    )


def _safe_reason(review: StoryReview) -> str:
    """The reader's words, unless the check finds in them what a mail must not carry."""
    return "" if check(review.reason).findings else review.reason


@transaction.atomic
def send_notice(*, notice_id: int) -> StoryNotice | None:
    """Mail one person about one story, once; None when that is done or no longer true."""
    notice = (
        StoryNotice.objects.select_for_update(of=("self",))
        .select_related("story", "recipient")
        .filter(pk=notice_id, mailed_at__isnull=True)
        .first()
    )
    if notice is None or not _is_due(notice):
        return None
    _notice_message(notice).send()
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])
    return notice


def _is_due(notice: StoryNotice) -> bool:
    """Whether what the mail says still holds, and its reader is still here."""
    if not notice.recipient.is_active or not notice.recipient.email:
        return False
    states = {
        NoticeKind.TO_READ: (State.READING,),
        NoticeKind.APPEAL: (State.READING,),
        NoticeKind.TO_OPEN: (State.PUBLISHED_INTERNAL,),
        NoticeKind.ENDING: LIVE_STATES,
        NoticeKind.TAKEN_BACK: tuple(State),
    }
    return notice.story.state in states[NoticeKind(notice.kind)]


def _notice_message(notice: StoryNotice) -> EmailMessage:
    path = {
        NoticeKind.ENDING: reverse("stories:consent", args=[notice.story_id]),
        NoticeKind.TAKEN_BACK: reverse("stories:mine"),
    }.get(NoticeKind(notice.kind), reverse("stories:queue"))
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "stories/mail/notice.txt",
            {
                "employee": notice.recipient,
                "kind": notice.kind,
                "address": absolute(path),
            },
        )
        subject = str(NoticeKind(notice.kind).label)
    return letter(
        employee=notice.recipient,
        subject=subject,
        text=text,
        message_id=f"story-notice-{notice.pk}",
    )
