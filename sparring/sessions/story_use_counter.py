"""How often stories were used in sessions, for the pages of stories (stories.use_counter)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from sparring.models import StoryUse
from stories.use_counter import register_use_counter


@register_use_counter
def sessions_with(pks: Iterable[int]) -> dict[int, int]:
    """In how many sessions each story was used. One query."""
    rows = StoryUse.objects.filter(story__in=list(pks)).values_list("story")
    return dict(rows.annotate(sessions=Count("pk")).order_by())
