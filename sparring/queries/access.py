"""How long a place in a talk opens the case: the one rule that pages, search and verbs ask (R2)."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from sparring.enums import Answer


def lasting() -> Q:
    """Places, by their own fields, whose access lasts now.

    It ends with a no, at `access_until`, and for a guest with the agreement of the municipalities.
    """
    return (
        (Q(access_until__isnull=True) | Q(access_until__gt=timezone.now()))
        & Q(agreement__ended_at__isnull=True)
        & ~Q(answer=Answer.NO)
    )
