"""A reviewer claims a story for two hours, so that two do not review it at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import audit
from stories.domain import guards
from stories.models import ReviewClaim, StoryPage

if TYPE_CHECKING:
    from people.models import Employee

LASTS = timedelta(hours=2)


def held_by_another(actor: Employee, story: StoryPage) -> ReviewClaim | None:
    """Another reviewer's claim that has not expired."""
    claim = ReviewClaim.objects.filter(story=story).exclude(reviewer=actor).first()
    return claim if claim is not None and claim.holds_at(timezone.now()) else None


def require_not_claimed(actor: Employee, story: StoryPage) -> None:
    """Raise ValidationError while another reviewer has claimed it."""
    if held_by_another(actor, story) is not None:
        raise ValidationError(_("A colleague is looking at it right now."), code="claimed")


@transaction.atomic
def claim_review(*, actor: Employee, story: StoryPage) -> ReviewClaim:
    """Claim the story for two hours from now. Raises ValidationError if another has claimed it."""
    story = guards.locked(story)
    guards.require_reviewer(actor, story)
    require_not_claimed(actor, story)
    until = timezone.now() + LASTS
    claim, _made = ReviewClaim.objects.update_or_create(
        story=story, defaults={"reviewer": actor, "until": until}
    )
    audit.record(actor=actor, action="story.claim", target=story)
    return claim


@transaction.atomic
def release_review(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Release one's own claim; does nothing for other claims or an expired one."""
    story = guards.locked(story)
    if ReviewClaim.objects.filter(story=story, reviewer=actor).delete()[0]:
        audit.record(actor=actor, action="story.release", target=story)
    return story
