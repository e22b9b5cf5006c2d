"""Agreements on guests: those of a municipality, and with whom one holds now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from people.models import Municipality
from people.roles import Right
from sparring.models import GuestAgreement

if TYPE_CHECKING:
    from people.models import Employee


def agreements_of(employee: Employee) -> QuerySet[GuestAgreement]:
    """All agreements of the employee's municipality, ended ones too, newest first."""
    home = employee.municipality_id
    if home is None or not employee.may(Right.AGREE_ON_GUESTS):
        return GuestAgreement.objects.none()
    return GuestAgreement.objects.filter(Q(offered_from=home) | Q(offered_to=home)).select_related(
        "offered_from", "offered_to", "offered_by", "accepted_by", "ended_by"
    )


def holding() -> QuerySet[GuestAgreement]:
    """Agreements under which guests may come now."""
    return GuestAgreement.objects.filter(accepted_at__isnull=False, ended_at__isnull=True)


def agreements_by_guest_home(
    municipality_id: int, homes: Iterable[int]
) -> dict[int, GuestAgreement]:
    """The agreement that holds with each of these municipalities, by the municipality's id."""
    found = holding().filter(
        Q(offered_from=municipality_id, offered_to__in=homes)
        | Q(offered_to=municipality_id, offered_from__in=homes)
    )
    return {
        row.offered_to_id if row.offered_from_id == municipality_id else row.offered_from_id: row
        for row in found
    }


def guest_homes(municipality_id: int) -> set[int]:
    """Ids of the municipalities whose people may be guests here now."""
    pairs = holding().filter(Q(offered_from=municipality_id) | Q(offered_to=municipality_id))
    ids = {pk for pair in pairs.values_list("offered_from", "offered_to") for pk in pair}
    return ids - {municipality_id}


def may_be_offered(employee: Employee) -> QuerySet[Municipality]:
    """Municipalities without an offer or agreement between them and the employee's."""
    home = employee.municipality_id
    open_ones = agreements_of(employee).filter(ended_at__isnull=True)
    occupied = {pk for pair in open_ones.values_list("offered_from", "offered_to") for pk in pair}
    return Municipality.objects.exclude(pk__in=occupied | {home}).order_by("name")
