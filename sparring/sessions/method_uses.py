"""In how many sessions methods were used, for the methods' pages (learning.method_uses)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from learning.method_uses import register_method_uses
from sparring.models import MethodUse


@register_method_uses
def sessions_with(pks: Iterable[int]) -> dict[int, int]:
    """In how many sessions each method was used. One query."""
    rows = MethodUse.objects.filter(method__in=list(pks)).values_list("method")
    return dict(rows.annotate(sessions=Count("pk")).order_by())
