"""`/konto/login-tid/`: how long the login lasts, asked by open pages; a press puts its end off."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import JsonResponse

from people.session_end import end_as_it_stands, end_put_off
from privacy.http import asks_by_itself, no_store

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@no_store
def session_end(request: EmployeeRequest) -> JsonResponse:
    """GET tells and changes nothing; POST is somebody who wants to stay."""
    if request.method == "POST":
        return JsonResponse(asdict(end_put_off(request)))
    asks_by_itself(request)
    return JsonResponse(asdict(end_as_it_stands(request)))
