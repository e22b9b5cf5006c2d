"""The moderators' page for published stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from privacy.http import no_store
from stories.content_review.decisions import MONTHS
from stories.content_review.due_stories import due_for
from stories.forms.use import NotShownForm
from stories.queries import responses_waiting_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def maintenance(request: EmployeeRequest) -> HttpResponse:
    """Responses to read before they show, and stories that are to be read again."""
    rows = [
        (response, NotShownForm(auto_id=f"id_{response.pk}_%s"))
        for response in responses_waiting_for(request.user)
    ]
    return render(
        request,
        "stories/maintenance.html",
        {"rows": rows, "due": due_for(request.user), "months": MONTHS},
    )
