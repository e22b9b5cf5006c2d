"""A key figure's own page: drawn, with both readings, its history, and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, render

from kb.citing import may_read_list
from kb.figure_drawing import drawn
from kb.models import Collection, CollectionPage, KeyFigure
from kb.queries.figure_history import history_of
from sources.citing import cited_by
from sources.footnotes import numbered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def key_figure(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever may open the list of figures, or a page on which it stands."""
    figures = KeyFigure.objects.readable().select_related("base_figure")
    figure = get_object_or_404(figures, key=slug)
    used_in = cited_by(figure, request.user)
    if not used_in and not may_read_list(request.user, Collection.FIGURES):
        return redirect_to_login(request.get_full_path())
    context = {
        "figure": figure,
        "drawn": drawn(figure),
        "used_in": used_in,
        "history": history_of(figure),
        "source_list": numbered(figure.cited_sources()),
        "list_url": CollectionPage.address(Collection.FIGURES),
    }
    return render(request, "kb/key_figure_page.html", context)
