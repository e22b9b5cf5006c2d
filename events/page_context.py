"""A place for what an event's page shows of sign-up and debate (imports point downwards only)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

# The second argument is an EventPage; importing it here would be a circle.
Provider = Callable[[HttpRequest, Any], dict[str, Any]]
_providers: list[Provider] = []


def register_page_context(provider: Provider) -> Provider:
    """Register what fills the page for this visitor."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def context_for(request: HttpRequest, event: Any) -> dict[str, Any]:
    """Everything that was registered, for this visitor."""
    context: dict[str, Any] = {}
    for provider in _providers:
        context.update(provider(request, event))
    return context
