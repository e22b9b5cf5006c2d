"""Saying something back to a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from stories.enums import ResponseKind
from stories.models import StoryPage, StoryResponse

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def toggle_response(*, actor: Employee, story: StoryPage, kind: str) -> bool:
    """Give the response, or take it back if it was given; returns whether it stands now."""
    if kind not in ResponseKind.values:
        raise ValidationError(_("There is no such response."), code="kind")
    response, created = StoryResponse.objects.get_or_create(story=story, employee=actor, kind=kind)
    if not created:
        response.delete()
    audit.record(actor=actor, action="story.respond", target=story, kind=kind, given=created)
    return created
