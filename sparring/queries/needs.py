"""Stored needs in the order that lists show."""

from __future__ import annotations

from django.db.models import QuerySet

from sparring.enums import Band, CaseStatus
from sparring.models import RenewalNeed


def due_needs() -> QuerySet[RenewalNeed]:
    """Needs of active cases that are due now, most urgent first, each with its case and unit."""
    due = RenewalNeed.objects.filter(held_back="", case__status=CaseStatus.ACTIVE)
    return due.exclude(band=Band.NONE).select_related("case__unit").order_by("order_key")
