"""The author of a story that was sent back may ask a second reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from stories.domain import guards, notices, review
from stories.enums import Decision, State
from stories.models import StoryAppeal, StoryPage, StoryReview
from stories.states import StorySteps

if TYPE_CHECKING:
    from people.models import Employee


def may_appeal(story: StoryPage) -> bool:
    """The same as `appealable`, for a list and without a query.

    `story.sent_back` must hold its refusals, newest first; a changed text has no verdict.
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
    """The refusal that may be appealed; None where there is none.

    It is the latest review, of the unchanged text, and not itself the answer to an appeal.
    """
    if story.state != State.DRAFT or story.not_read_by_id is not None:
        return None
    last = story.reviews.first()
    if last is None or last.decision != Decision.REJECTED:
        return None
    return last if last.digest == guards.text_digest(story) else None


@transaction.atomic
def appeal(*, actor: Employee, story: StoryPage, reason: str) -> StoryAppeal:
    """Submit the unchanged text to another reviewer than the one who sent it back.

    Raises ValidationError (nothing to appeal, no reason, consent ended), PermissionDenied.
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
    review.queue_for_review(story, StorySteps.APPEAL)
    people = notices.reviewers_of(story)
    notices.tell(story=story, kind="stories.appeal", people=people, occasion=str(asked.pk))
    audit.record(actor=actor, action="story.appeal", target=story, review=refusal.pk)
    return asked
