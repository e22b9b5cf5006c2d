"""Asking colleagues for a story that nobody has told (docs/domain.md B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy import audit
from stories.anonymity.short_texts import refuse_found
from stories.models import StoryPage, StoryWish

if TYPE_CHECKING:
    from people.models import Employee

MOST_OPEN = 5


@transaction.atomic
def wish_for_story(*, actor: Employee, topic: str, text: str = "") -> StoryWish:
    """Ask all colleagues; no citizen may be in it, since nobody reads it first.

    Raises ValidationError by field, and when five of one's own wait already.
    """
    wish = StoryWish(
        asked_by=actor,
        municipality_id=actor.municipality_id,
        topic=topic.strip(),
        text=text.strip(),
    )
    wish.clean_fields()
    for name in ("topic", "text"):
        try:
            refuse_found(getattr(wish, name))
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    if StoryWish.objects.open().filter(asked_by=actor).count() >= MOST_OPEN:
        raise ValidationError(_("Five of your wishes wait already. Take one of them back first."))
    wish.save()
    audit.record(actor=actor, action="story_wish.make", target=wish)
    return wish


@transaction.atomic
def answer_wish(*, actor: Employee, wish: StoryWish, story: StoryPage) -> StoryWish:
    """Point at a published story that answers; anybody who may read it may point at it."""
    if not StoryPage.objects.published_for(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Only a story one may read answers a wish.")
    wish = _open(wish)
    wish.answered_by, wish.answered_at = story, timezone.now()
    wish.save(update_fields=["answered_by", "answered_at"])
    audit.record(actor=actor, action="story_wish.answer", target=wish, story=story.pk)
    return wish


@transaction.atomic
def close_wish(*, actor: Employee, wish: StoryWish) -> StoryWish:
    """Take it back: whoever asked, or an approver who finds it out of place."""
    wish = _open(wish)
    if actor.pk != wish.asked_by_id and not actor.may(Right.REVIEW_STORIES):
        raise PermissionDenied("A wish is taken back by whoever made it, or by an approver.")
    wish.closed_at = timezone.now()
    wish.save(update_fields=["closed_at"])
    audit.record(actor=actor, action="story_wish.close", target=wish)
    return wish


def _open(wish: StoryWish) -> StoryWish:
    """The wish, locked; ValidationError when it no longer waits."""
    found = StoryWish.objects.open().select_for_update().filter(pk=wish.pk).first()
    if found is None:
        raise ValidationError(_("The wish is answered or taken back."), code="state")
    return found
