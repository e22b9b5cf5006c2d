"""When themes are read again: one of them is due."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kb.models import ThemePage
from upkeep.models import PageReviewDay

from .files import read


def load_rereadings() -> int:
    """Set the missing days; themes must be there. Returns how many were set."""
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    today = timezone.localdate()
    return sum(
        PageReviewDay.objects.get_or_create(
            page=themes[row["theme"]], defaults={"due_on": today + timedelta(row["days_offset"])}
        )[1]
        for row in read("rereadings")["rereadings"]
    )
