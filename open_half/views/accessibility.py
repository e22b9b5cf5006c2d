"""`/was`, where everybody looks for the accessibility statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from open_half.models import AccessibilityStatement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """The official statement where there is one; else ours, which may be unwritten and says so."""
    statement = AccessibilityStatement.objects.first() or AccessibilityStatement()
    if statement.official_address:
        return redirect(statement.official_address)
    return render(request, "open_half/accessibility_statement.html", {"statement": statement})
