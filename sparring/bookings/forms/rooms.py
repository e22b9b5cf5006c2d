"""Forms of the rooms: kept by the coordinator, chosen for a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from privacy.fields import SafeTextFormField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sparring.models import Room

NONE = "none"


class RoomForm(forms.Form):
    """A room's name, seats and where it is; `unit` for a new one, `in_use` for one there is."""

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    name = SafeTextFormField(label=_("Name of the room"), max_length=60)
    seats = forms.IntegerField(label=_("Seats"), min_value=2, max_value=100, initial=4)
    location = SafeTextFormField(
        label=_("Place"), max_length=120, required=False, help_text=_("Such as: first floor, left")
    )
    online_link = forms.URLField(
        label=_("Online link"),
        required=False,
        assume_scheme="https",
        help_text=_("A permanent address that begins with https."),
    )
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit] | None = None,
        room: Room | None = None,
        **kwargs: Any,
    ) -> None:
        if room is not None:
            names = ("name", "seats", "location", "online_link", "in_use")
            kwargs["initial"] = {name: getattr(room, name) for name in names}
        super().__init__(*args, **kwargs)
        if room is not None:
            del self.fields["unit"]
            return
        del self.fields["in_use"]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units if units is not None else Unit.objects.none()
        unit.initial = unit.queryset.first()


class RoomChoiceForm(forms.Form):
    """One of the rooms that are free then, or none."""

    room = forms.TypedChoiceField(
        label=_("Free at that time"),
        coerce=lambda value: None if value == NONE else int(value),
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, rooms: Iterable[Room], chosen: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        assert isinstance(field, forms.ChoiceField)
        choices = [(str(room.pk), f"{room.where} ({_seats(room)}), {room.unit}") for room in rooms]
        field.choices = [*choices, (NONE, gettext("Without a room"))]
        field.initial = str(chosen) if chosen else NONE


def _seats(room: Room) -> str:
    return ngettext("%(n)d seat", "%(n)d seats", room.seats) % {"n": room.seats}
