"""Logs opened answers, which the browser reports by a link's ping."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from search import querylog


@csrf_exempt  # a link's ping (HTML 4.6.2) carries no token; the signature is the proof
def opened(request: HttpRequest) -> HttpResponse:
    """`hit` is a reference that the page signed; any other is not remembered."""
    querylog.log_opened(request.GET.get("hit", ""))
    return HttpResponse(status=204)
