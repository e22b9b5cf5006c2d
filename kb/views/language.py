"""Choosing the language of menus and buttons, without leaving the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.http import url_has_allowed_host_and_scheme
from django.views.i18n import set_language as choose

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def set_language(request: HttpRequest) -> HttpResponse:
    """Back to where one was: Django would look for the page's address in the other language."""
    response: HttpResponse = choose(request)
    here = request.POST.get("next", "")
    if "Location" in response.headers and url_has_allowed_host_and_scheme(
        here, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        response.headers["Location"] = here
    return response
