"""Lends the stories the caseload as codes, so that they can count who is alike."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from sparring.models import Case
from stories.anonymity.anonymity_set import CaseCodes, register_caseload


@register_caseload
def caseload_codes(municipality_id: int) -> Iterator[CaseCodes]:
    """Every case the municipality has or had, as codes. One query."""
    kinds = ArrayAgg(
        "actions__kind", distinct=True, filter=Q(actions__kind__isnull=False), default=[]
    )
    rows = Case.objects.filter(municipality=municipality_id).order_by().annotate(kinds=kinds)
    for group, contact, found in rows.values_list("target_group__code", "contact_form", "kinds"):
        yield CaseCodes(group, contact, frozenset(found))
