"""What colleagues said to a story, as its page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from stories.enums import ResponseKind, ResponseState
from stories.forms.use import RESPONSES
from stories.models import StoryPage, StoryResponse

if TYPE_CHECKING:
    from people.models import Employee

WORDS = {kind: word for word, (kind, _form) in RESPONSES.items()}


def responses(user: Employee, story: StoryPage) -> list[dict[str, Any]]:
    """Each kind with how many show, this reader's own, and where to write it. One query."""
    given = list(story.responses.values_list("kind", "employee", "state"))
    return [
        {
            "kind": kind,
            "label": label,
            "count": sum(1 for one, _who, state in given if (one, state) == (kind, "shown")),
            "mine": any((one, who) == (kind, user.pk) for one, who, _state in given),
            "url": _address(story, kind),
        }
        for kind, label in ResponseKind.choices
    ]


def _address(story: StoryPage, kind: str) -> str:
    """The page of a kind that says something; nothing for thanks."""
    word = WORDS.get(ResponseKind(kind))
    return reverse("stories:write_response", args=[story.pk, word]) if word else ""


def told(user: Employee, story: StoryPage) -> list[StoryResponse]:
    """Responses with words or a day, the oldest first: those that show, and one's own."""
    rows = story.responses.select_related("employee__unit__municipality").order_by("created_at")
    return [
        row
        for row in rows
        if (row.text or row.planned_for)
        and (row.state == ResponseState.SHOWN or row.employee_id == user.pk)
    ]
