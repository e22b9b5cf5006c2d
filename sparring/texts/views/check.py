"""`/sager/tekst/`: what is said below a field while one writes. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kb.phrase_hints import hints_in
from privacy.http import no_store
from sparring.shared.text_lines import lines_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest

LONGEST = 8000


@no_store
@require_POST
@sensitive_post_parameters()
def case_text_check(request: EmployeeRequest) -> HttpResponse:
    """Names, numbers and illnesses in the field that asks, and what the phrase cards say of it."""
    name = request.headers.get("HX-Trigger-Name", "")
    text = request.POST.get(name, "")[:LONGEST].replace("\r\n", "\n")
    lines = lines_of(text, request.headers.get("HX-Trigger", ""))
    context = {"lines": lines, "hints": hints_in(text)}
    return render(request, "sparring/texts/_lines.html", context)
