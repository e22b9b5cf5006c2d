"""`/tal/tilbud/`: who uses which offer in one's own municipality, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from .offer_use import FEWEST_CASEWORKERS, offer_use

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


def offers(request: EmployeeRequest) -> HttpResponse:
    """The table, suppressed; 404 for who belongs to no municipality."""
    town = request.user.municipality
    if town is None:
        raise Http404
    today = timezone.localdate()
    context = {
        "use": offer_use(town.pk, today=today),
        "municipality": town,
        "today": today,
        "fewest": FEWEST_CASEWORKERS,
    }
    return render(request, "insight/offers.html", context)
