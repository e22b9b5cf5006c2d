"""The address `/`: the overview for logged-in users, else the front page.

The overview's parts come from the apps above kb, which register them in `kb.overview`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.overview import overview_view
from kb.page_urls import serve_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def overview(request: HttpRequest) -> HttpResponseBase:
    """Decide at each request, so that `/` changes with the login."""
    if request.user.is_authenticated and (view := overview_view()) is not None:
        return view(request)
    return serve_page(request, "")
