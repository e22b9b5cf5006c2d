"""Pictures at signed addresses: for those logged in, and for all while something open shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404
from wagtail.images import get_image_model
from wagtail.images.views.serve import ServeView

from open_half.queries.open_files import is_shown_openly

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

_serve = ServeView.as_view()


def picture(request: HttpRequest, image_id: int, **size: Any) -> HttpResponseBase:
    """The sizes that pages ask for; without login only what something open shows now."""
    if not request.user.is_authenticated:
        image = get_object_or_404(get_image_model(), pk=image_id)
        if not is_shown_openly(image):
            return redirect_to_login(request.get_full_path())
    return _serve(request, image_id=image_id, **size)
