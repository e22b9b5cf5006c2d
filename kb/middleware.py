"""The Content-Security-Policy of the editors' admin: it needs inline script (wagtail #1288).

The site itself keeps its strict policy (CONTENT_SECURITY_POLICY leaves this address out).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ADMIN_PREFIX = "/redaktion/"
ADMIN_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class EditorialPolicyMiddleware:
    """Everything still comes from this site alone; only inline script and style are let in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX):
            # Also over the site's policy, which a previewed page brings along.
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        return response
