"""A story that was sent back is shown to a second reader, when its author asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from stories.domain import guards, notices, review
from stories.enums import Decision, NoticeKind, State
from stories.models import StoryAppeal, StoryPage, StoryReview

if TYPE_CHECKING:
    from people.models import Employee


def may_appeal(story: StoryPage) -> bool:
    """The same as `appealable` for a list, without asking the database again.

    `story.sent_back` holds its refusals, newest first; a changed text has lost its verdict.
    """
    sent_back: list[StoryReview] = getattr(story, "sent_back", [])
    return bool(
        sent_back
        and story.state == State.DRAFT
        and story.not_read_by_id is None
        and story.check_verdict
        and story.checked_digest == sent_back[0].digest
    )


def appealable(story: StoryPage) -> StoryReview | None:
    """The answer that may be asked about: the last one, a refusal of this very text, not itself
    the answer to an appeal."""
    if story.state != State.DRAFT or story.not_read_by_id is not None:
        return None
    last = story.reviews.first()
    if last is None or last.decision != Decision.REJECTED:
        return None
    return last if last.digest == guards.text_digest(story) else None


@transaction.atomic
def appeal(*, actor: Employee, story: StoryPage, reason: str) -> StoryAppeal:
    """Send the unchanged text to another reader than the one who sent it back.

    Raises ValidationError (no such answer, no reason, no consent any more), PermissionDenied.
    """
    story = guards.locked(story)
    guards.require_editor(actor, story)
    refusal = appealable(story)
    if refusal is None:
        raise ValidationError(
            _("There is no answer to ask about: the text has changed, or was read twice."),
            code="state",
        )
    asked = StoryAppeal(story=story, review=refusal, reason=reason.strip(), made_by=actor)
    asked.full_clean(exclude=["story"])
    asked.save()
    story.not_read_by = refusal.reviewer
    review.queue_for_review(story)
    people = notices.reviewers_of(story)
    notices.tell(story=story, kind=NoticeKind.APPEAL, people=people, occasion=str(asked.pk))
    audit.record(actor=actor, action="story.appeal", target=story, review=refusal.pk)
    return asked
