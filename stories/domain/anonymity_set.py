"""A story's facts must fit at least five known citizens before it is sent (docs/anonymity.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stories.anonymity.anonymity_set import AnonymitySet, count_anonymity_set, tells_age
from stories.anonymity.texts import text_parts

if TYPE_CHECKING:
    from stories.models import StoryPage


def anonymity_set_of(story: StoryPage) -> AnonymitySet:
    """How many citizens in the story's municipality share its facts."""
    return count_anonymity_set(
        municipality_id=story.municipality_id,
        target_group=story.target_group,
        contact_form=story.contact_form,
        action_kinds=story.action_kinds,
        has_age=bool(story.age_band) or tells_age_in_text(story),
    )


def tells_age_in_text(story: StoryPage) -> bool:
    """Whether one of its texts says how old the citizen is."""
    return any(tells_age(part.text) for part in text_parts(story))


def require_anonymity_set(story: StoryPage) -> None:
    """Raise ValidationError if too few citizens share the facts; never without any known case."""
    if not anonymity_set_of(story).is_enough:
        raise ValidationError(
            _("Too few citizens share the story's facts. Leave one of them out first."),
            code="anonymity_set",
        )
