"""Guests from another municipality: by mutual agreement only (docs/decisions/0012)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality


class GuestAgreement(models.Model):
    """Two municipalities let their people be guests in each other's sessions, until one ends it.

    Offered by one, accepted by the other, ended by either. Each of the three is written once; a new
    agreement is a new row, so the rows are the history.
    """

    offered_from = models.ForeignKey(
        Municipality, verbose_name=_("offered by"), on_delete=models.PROTECT, related_name="+"
    )
    offered_to = models.ForeignKey(
        Municipality, verbose_name=_("offered to"), on_delete=models.PROTECT, related_name="+"
    )
    offered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("offered"))
    accepted_by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement on guests")
        verbose_name_plural = _("agreements on guests")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(offered_from=F("offered_to")), name="guest_agreement_of_two"
            ),
            models.UniqueConstraint(
                Least("offered_from", "offered_to"),
                Greatest("offered_from", "offered_to"),
                condition=Q(ended_at__isnull=True),
                name="guest_agreement_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__gte=F("offered_at"), accepted_by__isnull=False),
                name="guest_agreement_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("offered_at"), ended_by__isnull=False),
                name="guest_agreement_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("offered_by")),
                name="guest_agreement_two_people",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="read_only", fields=["offered_from", "offered_to", "offered_by", "offered_at"]
            ),
            pgtrigger.Protect(
                name="accepted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_at__isnull=False)
                & (
                    pgtrigger.Q(old__accepted_at__df=pgtrigger.F("new__accepted_at"))
                    | pgtrigger.Q(old__accepted_by__df=pgtrigger.F("new__accepted_by"))
                ),
            ),
            pgtrigger.Protect(
                name="ended_is_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered_from_id}–{self.offered_to_id}"

    @property
    def holds(self) -> bool:
        """Whether guests may come now: accepted and not ended."""
        return self.accepted_at is not None and self.ended_at is None

    def other(self, municipality_id: int) -> Municipality:
        """The municipality on the other side."""
        return self.offered_to if self.offered_from_id == municipality_id else self.offered_from
