"""What an event's page says of the modules that it counts for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.page_context import register_page_context
from learning.models import Module

if TYPE_CHECKING:
    from django.http import HttpRequest

    from events.models import EventPage


@register_page_context
def modules_of(request: HttpRequest, event: EventPage) -> dict[str, Any]:
    """(name, address) of each, for who is logged in: module pages are for employees."""
    if not event.pk or not request.user.is_authenticated:
        return {}
    modules = Module.objects.shown().filter(counting_events__event=event)
    return {"counts_for": [(module.name, module.get_absolute_url()) for module in modules]}
