"""What waits for those who keep the published stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.roles import Right
from stories.enums import ResponseState
from stories.models import StoryResponse

if TYPE_CHECKING:
    from people.models import Employee


def responses_waiting_for(employee: Employee) -> list[StoryResponse]:
    """Responses that this moderator may read before they show, the oldest first."""
    if not employee.may(Right.REVIEW_STORIES):
        return []
    waiting = StoryResponse.objects.filter(state=ResponseState.WAITING).exclude(employee=employee)
    return list(waiting.select_related("story").order_by("created_at"))
