"""Who is told about a story by mail: only those it concerns, each of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.domain.notifications import notify_all
from people.models import Employee, Notification
from people.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from stories.models import StoryPage


def tell(*, story: StoryPage, kind: str, people: Iterable[Employee], occasion: str) -> int:
    """Tell each of them once; the same occasion twice is one mail. Returns how many are new."""
    made = notify_all(
        Notification(
            employee=person,
            kind=kind,
            object_id=str(story.pk),
            key=f"{kind}:{story.pk}:{occasion}:{person.pk}",
        )
        for person in people
    )
    return len(made)


def reviewers_of(story: StoryPage) -> QuerySet[Employee]:
    """Approvers who may read it and want mail: those of its municipality, else all of them."""
    involved = [story.author_id, story.last_editor_id, story.not_read_by_id]
    free = Employee.objects.who_may(Right.REVIEW_STORIES).filter(wants_mail=True)
    free = free.exclude(pk__in=[pk for pk in involved if pk])
    near = free.in_municipality(story.municipality_id)
    return near if near.exists() else free


def second_reviewers_of(story: StoryPage) -> QuerySet[Employee]:
    """Those of them who may open it: of another unit than the author's, not who approved it."""
    others = reviewers_of(story).exclude(unit=story.author.unit_id)
    return others.exclude(pk__in=[pk for pk in [story.approved_by_id] if pk])


def moderators_of(story: StoryPage) -> list[Employee]:
    """Its teller, who approved it, and the approvers of its municipality."""
    people = [
        story.author,
        *Employee.objects.who_may(Right.REVIEW_STORIES).in_municipality(story.municipality_id),
    ]
    if story.approved_by is not None:
        people.append(story.approved_by)
    return [person for person in people if person.is_active]
