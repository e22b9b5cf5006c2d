"""Stories due for review and the reasons, for moderators and authors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import LawWord, Offer
from people.roles import Right
from stories.content_review.causes import open_causes
from stories.enums import ReviewCause
from stories.models import PeriodicReview, StoryPage

if TYPE_CHECKING:
    from people.models import Employee


@dataclass
class DueStory:
    """A story and the reasons to review it."""

    story: StoryPage
    due_on: date
    reasons: list[str] = field(default_factory=list)


def due_for(employee: Employee) -> list[DueStory]:
    """Stories due within 30 days, the earliest first; none for others than approvers."""
    if not employee.may(Right.REVIEW_STORIES):
        return []
    rows = PeriodicReview.objects.filter(
        open_causes(timezone.localdate()), story__in=StoryPage.objects.published()
    )
    return _by_story(rows.select_related("story__author", "story__municipality"))


def reasons_of(story: StoryPage) -> list[str]:
    """Why this story is to be reviewed."""
    rows = story.periodic_reviews.filter(open_causes(timezone.localdate())).select_related("story")
    return [reason for due in _by_story(rows) for reason in due.reasons]


def _by_story(rows: Iterable[PeriodicReview]) -> list[DueStory]:
    rows = list(rows)
    offers = _named(Offer.objects.in_bulk(_keys(rows, ReviewCause.OFFER)))
    laws = _named(LawWord.objects.in_bulk(_keys(rows, ReviewCause.LAW)))
    found: dict[int, DueStory] = {}
    for row in rows:
        due = found.setdefault(row.story_id, DueStory(row.story, row.due_on))
        due.reasons.append(_reason(row, offers, laws))
    return list(found.values())


def _keys(rows: Iterable[PeriodicReview], cause: ReviewCause) -> list[int]:
    return [int(row.about) for row in rows if row.cause == cause]


def _named(objects: dict[int, Offer] | dict[int, LawWord]) -> dict[str, str]:
    return {str(pk): str(item) for pk, item in objects.items()}


def _reason(row: PeriodicReview, offers: dict[str, str], laws: dict[str, str]) -> str:
    if row.cause == ReviewCause.OFFER:
        return _("The offer “%(name)s” is closed.") % {"name": offers.get(row.about, "–")}
    if row.cause == ReviewCause.LAW:
        return _("“%(word)s” no longer holds in the law.") % {"word": laws.get(row.about, "–")}
    return _("It is time to read it again.")
