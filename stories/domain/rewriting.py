"""Replace the words of a finding by a suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from privacy.anonymity.rewrite import put, replacements
from stories.enums import AgeBand

from . import authoring, checking

if TYPE_CHECKING:
    from people.models import Employee
    from privacy.anonymity import Finding
    from stories.models import StoryPage

FIELDS = ("title", "teaser", "hard", "turning_point", "quote", "would_do_differently")


def words_for(story: StoryPage, text: str, finding: Finding) -> list[str]:
    """The Danish replacements for a finding, given the story's fields."""
    with translation.override(settings.LANGUAGE_CODE):
        ages = {
            AgeBand.UP_TO_29: _("in their twenties"),
            AgeBand.FROM_30: _("in their thirties or forties"),
            AgeBand.FROM_50: _("over fifty"),
        }
        age = str(ages[AgeBand(story.age_band)]) if story.age_band else ""
        return replacements(text, finding, age=age)


@transaction.atomic
def rewrite_finding(*, actor: Employee, story: StoryPage, found: str, word: str) -> StoryPage:
    """Replace every such finding by the suggested `word`, and save the draft.

    Raises ValidationError where there is no such finding or suggestion, PermissionDenied.
    """
    changed: dict[str, str] = {}
    # From the end, so that earlier offsets stay valid.
    for item in reversed(checking.check_story(story).found):
        field, text = item.part.field, item.part.text
        if item.fingerprint != found or field not in FIELDS:
            continue
        for here in words_for(story, text, item.finding):
            if here.casefold() == word.casefold():  # with a capital where a sentence begins
                changed[field] = put(changed.get(field, text), item.finding, here)
    if not changed:
        raise ValidationError(_("The words are no longer there."), code="unknown")
    return authoring.save_draft(actor=actor, story=story, values=changed)
