"""Every request and answer: no null character in; the admin's policy and the word to robots out.

The editors' admin needs inline script (wagtail #1288); the site itself keeps its strict policy
(CONTENT_SECURITY_POLICY leaves this address out).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

NUL, REPLACEMENT = "\0", "\ufffd"
# The same within JSON, as the admin's editor sends its texts: \u0000, its backslash not escaped, or
# half of a pair (\ud83d), which is no character either. A whole pair is one.
_HALF = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_IN_JSON = re.compile(rf"(?<!\\)((?:\\\\)*)(?:({_PAIR})|{_HALF}|\\u0000)")
_IN_QUERY = re.compile(r"%00|\0")
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
    """The admin's CSP: still this site only, but inline scripts and styles are allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(ADMIN_PREFIX):
            # Also over the site's policy, which a previewed page brings along.
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        return response


class RobotsMiddleware:
    """Search engines keep nothing but what a page says they may (BasePage.is_indexed)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


class NoNullMiddleware:
    """PostgreSQL holds neither null characters nor halves of pairs: each becomes "\ufffd".

    That is what browsers do with one in a page. An address with it then leads nowhere (404), a
    search finds nothing, and a text keeps everything else that was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            request.path_info = _clean(request.path_info)
            request.path = _clean(request.path)
        query = request.META.get("QUERY_STRING", "")
        if _IN_QUERY.search(query):
            request.META["QUERY_STRING"] = _IN_QUERY.sub("%EF%BF%BD", query)
        for name, value in request.COOKIES.items():
            request.COOKIES[name] = _clean(value)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """The posted data, before any view reads it."""
        if request.method != "POST":
            return
        try:
            posted = request.POST
        except UnreadablePostError:
            return  # the connection broke: the view says so
        if any(_clean(text) != text for name, texts in posted.lists() for text in (name, *texts)):
            request.POST = _cleaned(posted)


def _cleaned(posted: QueryDict) -> Any:
    cleaned = QueryDict(mutable=True, encoding=posted.encoding)
    for name, texts in posted.lists():
        cleaned.setlist(_clean(name), [_clean(text) for text in texts])
    cleaned._mutable = False
    return cleaned


def _clean(text: str) -> str:
    text = text.replace(NUL, REPLACEMENT)
    if text[:1] not in ("{", "["):
        return text
    return _IN_JSON.sub(lambda found: found[1] + (found[2] or "\\ufffd"), text)
