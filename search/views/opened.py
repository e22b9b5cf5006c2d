"""Which answers are opened. Sent along by the browser; nobody waits for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from search import querylog


def opened(request: HttpRequest) -> HttpResponse:
    """`hit` is a reference that the page signed; any other is not remembered."""
    querylog.log_opened(request.POST.get("hit", ""))
    return HttpResponse(status=204)
