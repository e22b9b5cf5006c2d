"""Finding a story for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from stories.models import StoryPage

if TYPE_CHECKING:
    from people.http import EmployeeRequest


def published(request: EmployeeRequest, pk: int) -> StoryPage:
    """The story if this user may read it; otherwise 404."""
    return get_object_or_404(StoryPage.objects.published_for(request.user), pk=pk)
