"""What is to be read again, and why, for moderators and tellers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import LawWord, Offer
from people.enums import Role
from stories.domain.rereading import open_causes
from stories.enums import RereadCause
from stories.models import Rereading, StoryPage

if TYPE_CHECKING:
    from people.models import Employee


@dataclass
class Due:
    """A story with everything that asks for it to be read again."""

    story: StoryPage
    due_on: date
    reasons: list[str] = field(default_factory=list)


def due_for(employee: Employee) -> list[Due]:
    """Stories that are due within 30 days or sent back, the most pressing first."""
    if not employee.has_role(Role.APPROVER):
        return []
    rows = Rereading.objects.filter(
        open_causes(timezone.localdate()), story__in=StoryPage.objects.published()
    )
    return _by_story(rows.select_related("story__author", "story__municipality"))


def reasons_of(story: StoryPage) -> list[str]:
    """Why this story is to be read again."""
    rows = story.rereadings.filter(open_causes(timezone.localdate())).select_related("story")
    return [reason for due in _by_story(rows) for reason in due.reasons]


def _by_story(rows: Iterable[Rereading]) -> list[Due]:
    rows = list(rows)
    offers = _named(Offer.objects.in_bulk(_keys(rows, RereadCause.OFFER)))
    laws = _named(LawWord.objects.in_bulk(_keys(rows, RereadCause.LAW)))
    found: dict[int, Due] = {}
    for row in rows:
        due = found.setdefault(row.story_id, Due(row.story, row.due_on))
        due.reasons.append(_reason(row, offers, laws))
    return list(found.values())


def _keys(rows: Iterable[Rereading], cause: RereadCause) -> list[int]:
    return [int(row.about) for row in rows if row.cause == cause]


def _named(objects: dict[int, Offer] | dict[int, LawWord]) -> dict[str, str]:
    return {str(pk): str(one) for pk, one in objects.items()}


def _reason(row: Rereading, offers: dict[str, str], laws: dict[str, str]) -> str:
    if row.cause == RereadCause.OFFER:
        return _("The offer “%(name)s” is closed.") % {"name": offers.get(row.about, "–")}
    if row.cause == RereadCause.LAW:
        return _("“%(word)s” no longer holds in the law.") % {"word": laws.get(row.about, "–")}
    return _("It is time to read it again.")
