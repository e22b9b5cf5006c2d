"""Rooms of a unit: a place or an online link that holds one session at a time."""

from __future__ import annotations

from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from privacy.fields import SafeCharField


class Room(models.Model):
    """Where a session can be. Out of use it is kept for the sessions that were held in it."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="rooms"
    )
    name = SafeCharField(_("name of the room"), max_length=60)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=4, validators=[MinValueValidator(2)]
    )
    location = SafeCharField(_("place"), max_length=120, blank=True)
    online_link = models.URLField(
        _("online link"), blank=True, validators=[URLValidator(schemes=["https"])]
    )
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["unit__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="room_unique_name"),
            models.CheckConstraint(condition=Q(seats__gte=2), name="room_seats_two"),
            models.CheckConstraint(
                condition=~Q(location="", online_link=""), name="room_has_location_or_link"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Name, place and link as a calendar shows them."""
        return ", ".join(part for part in (self.name, self.location, self.online_link) if part)
