"""`/sundhed/`: one answer for a load balancer, no details about the inside."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # any failure means the same to the caller
        return JsonResponse({"status": "down"}, status=503)
    return JsonResponse({"status": "ok"})
