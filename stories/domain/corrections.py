"""Correcting a small mistake within thirty minutes (decision 0015).

Before review the text is corrected in place; a published story gets a revision that goes straight
to review while the approved text stays. Either way the text is checked and reviewed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import audit
from stories.domain import authoring, checking, guards, notices, review
from stories.enums import LIVE_STATES, State
from stories.models import ReviewClaim, StoryConsent, StoryPage
from stories.states import StorySteps

if TYPE_CHECKING:
    from people.models import Employee

WINDOW = timedelta(minutes=30)
MOST_CHARACTERS = 60
FIELDS = ("title", "teaser", "hard", "turning_point", "quote", "would_do_differently")


def correctable_until(story: StoryPage) -> datetime | None:
    """Until when the text may be corrected; None if it may not."""
    since = story.submitted_at if story.state == State.READING else story.approved_at
    if story.state not in (State.READING, *LIVE_STATES) or since is None:
        return None
    until = since + WINDOW
    return until if until > timezone.now() else None


def changed_characters(before: str, after: str) -> int:
    """How many characters were removed or added."""
    steps = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in steps if tag != "equal")


@transaction.atomic
def correct_story(*, actor: Employee, story: StoryPage, values: Mapping[str, str]) -> StoryPage:
    """Correct at most sixty characters in FIELDS; returns the story that is to be reviewed.

    Raises ValidationError (too late, too much, what the check finds), PermissionDenied.
    """
    story = guards.locked(story)
    guards.require_editor(actor, story)
    if correctable_until(story) is None:
        raise ValidationError(_("The half hour has passed. Write a new text instead."), code="late")
    _require_small_change(story, values)
    target = story
    if story.state in LIVE_STATES:
        target = _new_text(actor, story)
    elif ReviewClaim.objects.filter(story=story, until__gt=timezone.now()).exists():
        raise ValidationError(_("A colleague is looking at it right now."), code="claimed")
    for name in FIELDS:
        if name in values:
            setattr(target, name, values[name])
    target.draft_title = target.title
    target.last_editor, target.version = actor, target.version + 1
    target.changed_at = timezone.now()
    target.full_clean()
    target.save()
    guards.require_complete(target)
    checking.require_clean(target)
    if target.state != State.READING:
        review.queue_for_review(target, StorySteps.SEND_SLIP)
        people = notices.reviewers_of(target)
        notices.tell(
            story=target, kind="stories.to_read", people=people, occasion=f"v{target.version}"
        )
    audit.record(actor=actor, action="story.correct", target=target, version=target.version)
    return target


def _require_small_change(story: StoryPage, values: Mapping[str, str]) -> None:
    if unknown := set(values) - set(FIELDS):
        raise ValueError(f"Not mended here: {sorted(unknown)}")
    total = sum(changed_characters(getattr(story, name), text) for name, text in values.items())
    if not total:
        raise ValidationError(_("Nothing is changed."), code="same")
    if total > MOST_CHARACTERS:
        raise ValidationError(
            _("That is more than a slip. Take the story back, or write a new text."), code="large"
        )


def _new_text(actor: Employee, story: StoryPage) -> StoryPage:
    """The revision to correct, with the answers and consents of the published story."""
    if StoryPage.objects.filter(revises=story).exists():
        raise ValidationError(_("A new text of the story has been begun already."), code="begun")
    draft = authoring.revise_story(actor=actor, story=story)
    draft.ticks = list(story.ticks)
    for consent in story.consents.filter(withdrawn_at__isnull=True):
        StoryConsent.objects.create(
            story=draft,
            party=consent.party,
            scope=consent.scope,
            text_version=consent.text_version,
            given_on=consent.given_on,
            expires_on=consent.expires_on,
            registered_by=consent.registered_by,
        )
    story.warning_reasons.model.objects.bulk_create(
        story.warning_reasons.model(
            story=draft,
            fingerprint=given.fingerprint,
            reason=given.reason,
            given_by=given.given_by,
        )
        for given in story.warning_reasons.all()
    )
    return draft
