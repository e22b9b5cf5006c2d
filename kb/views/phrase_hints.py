"""`/ordkort/tips/`: what the phrase cards say of one field while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kb.phrase_hints import hints_in, typed
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
@require_POST
@sensitive_post_parameters()
def phrase_hints(request: EmployeeRequest) -> HttpResponse:
    """Hints for the field that asks. The text is stored nowhere and stands in no log."""
    text = typed(request.POST, request.headers.get("HX-Trigger-Name", ""))
    return render(request, "kb/_phrase_hints.html", {"hints": hints_in(text)})
