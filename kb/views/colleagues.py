"""A colleague: name, unit, themes. What search finds leads here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from kb.colleague_search_documents import visible_colleagues
from kb.models import ThemePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def colleague(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague of the same municipality; 404 for others."""
    found = get_object_or_404(visible_colleagues(request.user), pk=pk)
    themes = ThemePage.objects.live().filter(number__in=found.theme_numbers).order_by("number")
    return render(request, "kb/colleague.html", {"colleague": found, "themes": themes})
