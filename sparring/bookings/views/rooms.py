"""`/sparring/lokaler/`: the rooms of the municipality's units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from people.domain_form_view import DomainFormView
from sparring.bookings.domain.room_admin import add_room, change_room_details
from sparring.bookings.forms.rooms import RoomForm
from sparring.bookings.queries.rooms import rooms_of, units_of

if TYPE_CHECKING:
    from sparring.models import Room


class AddRoom(DomainFormView):
    """The rooms by unit, and the form that adds one."""

    form_class = RoomForm
    template_name = "sparring/rooms/index.html"
    done = _("The room is added. New sessions get it by themselves.")
    success_url = reverse_lazy("sparring:rooms")

    def act(self, form: RoomForm) -> object:
        return add_room(actor=self.employee, **form.cleaned_data)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": units_of(self.employee)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rooms=rooms_of(self.employee), **kwargs)


class ChangeRoom(DomainFormView):
    """Change a room, or take it out of use."""

    form_class = RoomForm
    template_name = "sparring/rooms/room.html"
    done = _("The room is changed, and sessions in it are told.")
    success_url = reverse_lazy("sparring:rooms")
    room: Room

    def prepare(self) -> None:
        self.room = get_object_or_404(rooms_of(self.employee), pk=self.kwargs["pk"])

    def act(self, form: RoomForm) -> object:
        return change_room_details(actor=self.employee, room=self.room, **form.cleaned_data)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "room": self.room}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(room=self.room, **kwargs)
