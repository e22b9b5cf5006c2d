"""What lies beside the session: stories and phrases on the same themes, never by person data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Case as Choice
from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Value, When

from kb.models import Phrase
from stories.models import StoryPage

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Case

MOST_STORIES = 3
MOST_PHRASES = 2


def stories_like(case: Case, visitor: Employee, themes: Sequence[int]) -> QuerySet[StoryPage]:
    """Up to three published stories that share most with the case, the newest first among equals.

    Compared are the kinds of action tried, the target group and the themes on the table.
    """
    kinds = list(case.actions.order_by("-pk").values_list("kind", flat=True)[:5])
    theme = StoryPage.themes.through.objects.filter(
        storypage=OuterRef("pk"), themepage__number__in=themes
    )
    return (
        StoryPage.objects.published_for(visitor)
        .annotate(
            alike=_point(action_kinds__overlap=kinds)
            + _point(target_group=case.target_group.code)
            + Choice(When(Exists(theme), then=Value(1)), default=Value(0))
        )
        .filter(alike__gt=0)
        .order_by(F("alike").desc(), "-approved_at", "-pk")[:MOST_STORIES]
    )


def phrases_for(themes: Sequence[int]) -> QuerySet[Phrase]:
    """Two phrases of the themes on the table; any two where none lie there yet."""
    phrases = Phrase.objects.shown().order_by("pk")
    if themes:
        phrases = phrases.filter(themes__number__in=list(themes)).distinct()
    return phrases[:MOST_PHRASES]


def _point(**condition: object) -> Choice:
    return Choice(When(**condition, then=Value(1)), default=Value(0), output_field=IntegerField())
