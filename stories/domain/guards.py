"""Checks shared by the domain functions: permission, open text, required fields, consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from stories.enums import OPEN_STATES, Scope
from stories.models import StoryConsent, StoryPage

if TYPE_CHECKING:
    from datetime import date

    from people.models import Employee

UNTITLED = "Uden titel"
# Fields that a story cannot be without (docs/domain.md B5).
REQUIRED = (
    "teaser",
    "hard",
    "turning_point",
    "steps",
    "would_do_differently",
    "try_tomorrow",
    "outcome",
    "duration_band",
    "now_band",
    "action_kinds",
    "teller_role",
    "guidepost",
)


class StaleText(Exception):
    """The text has changed since the actor loaded it."""


def locked(story: StoryPage) -> StoryPage:
    """The story as it is now, locked until the end of the transaction."""
    rows = StoryPage.objects.select_for_update(of=("self", "page_ptr"))
    return rows.select_related("author", "municipality").get(pk=story.pk)


def text_digest(story: StoryPage) -> str:
    """The digest of the stored text, as the database triggers compute it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stories_text_digest(%s)", [story.pk])
        return str(cursor.fetchone()[0])


def require_editor(actor: Employee, story: StoryPage) -> None:
    """Raise PermissionDenied unless the actor may change the story."""
    if not actor.is_active or not StoryPage.objects.editable_by(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Only its author or an editor changes a story.")


def require_reviewer(actor: Employee, story: StoryPage) -> None:
    """Raise PermissionDenied unless the actor is an approver who neither wrote nor changed it."""
    involved = {story.author_id, story.last_editor_id, story.not_read_by_id}
    if not actor.is_active or not actor.may(Right.REVIEW_STORIES) or actor.pk in involved:
        raise PermissionDenied("A story is read by an approver who did not write it (SEC-22).")


def require_open_text(story: StoryPage) -> None:
    """Raise ValidationError while the text may not be changed."""
    if story.state not in OPEN_STATES:
        raise ValidationError(
            _("The text cannot be changed now. Take it back first, or write a new text."),
            code="closed",
        )


def missing_fields(story: StoryPage) -> list[str]:
    """Names of the required fields that are empty."""
    absent = [name for name in REQUIRED if not getattr(story, name)]
    if story.title == UNTITLED:
        absent.insert(0, "title")
    if not story.themes.all():
        absent.append("themes")
    return absent


def require_complete(story: StoryPage) -> None:
    """Raise ValidationError with one message per missing field."""
    if missing := missing_fields(story):
        raise ValidationError({name: _("This is missing.") for name in missing})


def citizens_consent(story: StoryPage, scope: Scope, day: date) -> StoryConsent | None:
    """The citizen's consent to this use that is valid on that day."""
    return story.consents.of_citizen_for(scope).valid_on(day).first()
