"""The registry for the template context of a story's page, so that models import no pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

PageContext = Callable[[HttpRequest, Any], dict[str, Any]]
_providers: list[PageContext] = []


def register_page_context(provider: PageContext) -> PageContext:
    """Register the one function that makes the template context of a story."""
    _providers[:] = [provider]
    return provider


def page_context(request: HttpRequest, story: Any) -> dict[str, Any]:
    """The template context of `story` besides Wagtail's own."""
    return _providers[0](request, story)
