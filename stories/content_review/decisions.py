"""A published story is reviewed after a year: confirmed or archived (docs/domain.md B2, B5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy import audit
from stories.domain import guards
from stories.domain.consents import unpublish
from stories.enums import State
from stories.models import StoryPage
from stories.states import StorySteps

from . import causes

if TYPE_CHECKING:
    from people.models import Employee

# For how many months a story may be confirmed.
MONTHS = (3, 6, 12)


@transaction.atomic
def mark_due_stories(*, today: date | None = None) -> int:
    """Mark published stories whose review date has passed; returns how many. Runs every night."""
    due = StoryPage.objects.filter(
        state__in=StorySteps.ASK_AGAIN.sources,
        reread_on__lte=today or timezone.localdate(),
    )
    stories = list(due.select_for_update(of=("self",)))
    for story in stories:
        StoryPage.objects.filter(pk=story.pk).update(state=StorySteps.ASK_AGAIN.target)
        audit.record(actor=None, action="story.reread_due", target=story)
    return len(stories)


@transaction.atomic
def confirm_still_true(*, actor: Employee, story: StoryPage, months: int = 12) -> StoryPage:
    """Confirm the story for 3, 6 or 12 months; for its author, an editor or an approver.

    Raises ValidationError, PermissionDenied.
    """
    story = guards.locked(story)
    if not actor.may(Right.REVIEW_STORIES):
        guards.require_editor(actor, story)
    holds = StorySteps.HOLDS_OPEN if story.is_open else StorySteps.HOLDS
    asked = story.state == State.REREAD or causes.has_open_cause(story)
    if not asked or not holds.starts_from(story.state):
        raise ValidationError(_("The story does not wait to be read again."), code="state")
    if months not in MONTHS:
        raise ValidationError(_("Choose for how long it holds."), code="months")
    holds.take(story)
    story.reread_on = timezone.localdate() + relativedelta(months=months)
    causes.settle_causes(story)
    StoryPage.objects.filter(pk=story.pk).update(state=story.state, reread_on=story.reread_on)
    audit.record(actor=actor, action="story.still_true", target=story)
    return story


@transaction.atomic
def archive_story(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Unpublish a story; its author keeps the text."""
    story = guards.locked(story)
    if not actor.may(Right.REVIEW_STORIES):
        guards.require_editor(actor, story)
    if not StorySteps.ARCHIVE.starts_from(story.state):
        raise ValidationError(_("Only a published story is archived."), code="state")
    unpublish(story)
    causes.settle_causes(story)
    audit.record(actor=actor, action="story.archive", target=story)
    return story
