"""The responses to a story, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from stories.enums import ResponseKind, ResponseState
from stories.forms.use import RESPONSES

if TYPE_CHECKING:
    from people.models import Employee
    from stories.models import StoryPage, StoryResponse

WORDS = {kind: word for word, (kind, _form) in RESPONSES.items()}


def responses_context(user: Employee, story: StoryPage) -> dict[str, Any]:
    """The buttons and the words beneath them. One query."""
    rows = story.responses.select_related("employee__unit__municipality").order_by("created_at")
    given = list(rows)
    return {
        "responses": _buttons(user, story, given),
        "written_responses": _written_responses(user, given),
    }


def _buttons(
    user: Employee, story: StoryPage, given: Sequence[StoryResponse]
) -> list[dict[str, Any]]:
    """Each kind with its count, whether this visitor gave it, and its address."""
    shown = [row.kind for row in given if row.state == ResponseState.SHOWN]
    mine = {row.kind for row in given if row.employee_id == user.pk}
    return [
        {
            "kind": kind,
            "label": label,
            "count": shown.count(kind),
            "mine": kind in mine,
            "url": _address(story, kind),
        }
        for kind, label in ResponseKind.choices
    ]


def _address(story: StoryPage, kind: str) -> str:
    """The page of a kind that says something; nothing for thanks."""
    word = WORDS.get(ResponseKind(kind))
    return reverse("stories:write_response", args=[story.pk, word]) if word else ""


def _written_responses(user: Employee, given: Sequence[StoryResponse]) -> list[StoryResponse]:
    """Responses with a text or a day, oldest first: the shown ones and the visitor's own."""
    return [
        row
        for row in given
        if (row.text or row.planned_for)
        and (row.state == ResponseState.SHOWN or row.employee_id == user.pk)
    ]
