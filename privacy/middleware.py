"""Deny by default: a request goes through only where the access matrix lets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.deprecation import MiddlewareMixin

from . import audit
from .matrix import MATRIX

LOGGED_OUT = "udlogget"  # in an address: one was logged out on the way to it
SAFE = {"HEAD": "GET", "OPTIONS": "GET"}


class AccessMatrixMiddleware(MiddlewareMixin):
    """Looks up the resolved address in the matrix before its view is called."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        # Wagtail's and Django's own admin have many addresses: one line for the whole name space.
        line = MATRIX.get(name) or MATRIX.get(_namespace(match))
        user = request.user
        if line is None:
            raise PermissionDenied(f"{name} is not declared in the access matrix.")
        allowed = line.allows(user)
        if not allowed and not user.is_authenticated:
            return _to_login(request)
        if not allowed:
            audit.record(actor=user, action="access.refused", reason=name)
            raise PermissionDenied(name)
        method = SAFE.get(request.method or "", request.method or "")
        if method not in line.actions:
            return HttpResponseNotAllowed(sorted(line.actions))
        return None


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the login and back; a part of a page sends its whole page there (htmx).

    Not where something is sent: what was written stays on the page, which says it is logged out.
    """
    if request.headers.get("HX-Request") != "true":
        if request.method == "POST":
            return _to_login_with_reason(request)
        return redirect_to_login(request.get_full_path())
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=401)
    page = urlsplit(request.headers.get("HX-Current-URL", "/"))
    login = redirect_to_login(page.path or "/")
    return HttpResponse(headers={"HX-Redirect": login["Location"]})


def _to_login_with_reason(request: HttpRequest) -> HttpResponse:
    """Something was sent after the login had ended: the login says so, and the page after it."""
    reason = urlencode({LOGGED_OUT: "1"})
    joined = "&" if "?" in request.get_full_path() else "?"
    login = redirect_to_login(f"{request.get_full_path()}{joined}{reason}")
    return HttpResponseRedirect(f"{login['Location']}&{reason}")


def _namespace(match: Any) -> str:
    """`/redaktion/…` and `/django-admin/…` are declared as "prefix:redaktion"."""
    route = (match.route if match else "").lstrip("^").split("/", 1)[0]
    return f"prefix:{route}"
