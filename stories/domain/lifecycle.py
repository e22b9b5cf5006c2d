"""After publication: read again after a year, kept or archived (docs/domain.md B2, B5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from privacy import audit
from stories.enums import LIVE_STATES, State
from stories.models import StoryPage

from . import rereading, rules
from .consents import take_off

if TYPE_CHECKING:
    from people.models import Employee

# For how many months a story may be said to hold.
MONTHS = (3, 6, 12)


@transaction.atomic
def ask_for_rereading(*, today: date | None = None) -> int:
    """What the system does every night: mark stories whose year has passed; returns how many."""
    due = StoryPage.objects.filter(
        state__in=(State.PUBLISHED_INTERNAL, State.PUBLISHED_OPEN),
        reread_on__lte=today or timezone.localdate(),
    )
    stories = list(due.select_for_update(of=("self",)))
    for story in stories:
        StoryPage.objects.filter(pk=story.pk).update(state=State.REREAD)
        audit.record(actor=None, action="story.reread_due", target=story)
    return len(stories)


@transaction.atomic
def confirm_still_true(*, actor: Employee, story: StoryPage, months: int = 12) -> StoryPage:
    """Its author, an editor or an approver has read it again: it holds for 3, 6 or 12 months."""
    story = rules.locked(story)
    if not actor.has_role(Role.APPROVER):
        rules.require_editor(actor, story)
    if story.state != State.REREAD and not rereading.has_open_cause(story):
        raise ValidationError(_("The story does not wait to be read again."), code="state")
    if months not in MONTHS:
        raise ValidationError(_("Choose for how long it holds."), code="months")
    story.state = State.PUBLISHED_OPEN if story.is_open else State.PUBLISHED_INTERNAL
    story.reread_on = timezone.localdate() + relativedelta(months=months)
    rereading.settle(story)
    StoryPage.objects.filter(pk=story.pk).update(state=story.state, reread_on=story.reread_on)
    audit.record(actor=actor, action="story.still_true", target=story)
    return story


@transaction.atomic
def archive_story(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Take a published story off the lists; its author keeps the text."""
    story = rules.locked(story)
    if not actor.has_role(Role.APPROVER):
        rules.require_editor(actor, story)
    if story.state not in LIVE_STATES:
        raise ValidationError(_("Only a published story is archived."), code="state")
    take_off(story)
    rereading.settle(story)
    audit.record(actor=actor, action="story.archive", target=story)
    return story
