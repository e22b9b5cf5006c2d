"""A login ends after 30 idle minutes, and after ten hours however busy (SEC-14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

from .signals import STARTED

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class AbsoluteSessionAgeMiddleware:
    """Log a person out when their login is older than SESSION_ABSOLUTE_AGE seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            started = request.session.setdefault(STARTED, timezone.now().timestamp())
            if timezone.now().timestamp() - started > settings.SESSION_ABSOLUTE_AGE:
                logout(request)
        return self.get_response(request)


class IdleSessionMiddleware:
    """Every request puts the idle limit off, but those that a page makes by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not getattr(request, "made_by_page", False):
            request.session.modified = True  # so it is stored, with a new time to end
        return response
