"""What a page says of the login it was opened with."""

from __future__ import annotations

from typing import Any

from django import template

from people.session_end import end_put_off, owner_mark

register = template.Library()


@register.inclusion_tag("components/session_end.html", takes_context=True)
def session_end(context: dict[str, Any]) -> dict[str, Any]:
    """The notice that the login ends soon; nothing for visitors and on pages without a request."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return {"end": None}
    if not hasattr(request, "session"):
        return {"end": None}
    return {"end": end_put_off(request), "owner": owner_mark(request)}
