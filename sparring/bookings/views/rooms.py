"""`/sparring/lokaler/`: the rooms of the municipality's units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.form_errors import submit_to_domain
from people.http import EmployeeRequest
from privacy.http import no_store
from sparring.bookings.domain.room_admin import add_room, change_room_details
from sparring.bookings.forms.rooms import RoomForm
from sparring.bookings.queries.rooms import rooms_of, units_of

REFUSED = 422


@no_store
def rooms(request: EmployeeRequest) -> HttpResponse:
    """The rooms by unit, and the form that adds one."""
    employee = request.user
    form = RoomForm(request.POST or None, units=units_of(employee))
    if submit_to_domain(form, lambda: add_room(actor=employee, **form.cleaned_data)):
        messages.success(request, _("The room is added. New sessions get it by themselves."))
        return redirect("sparring:rooms")
    context = {"form": form, "rooms": rooms_of(employee)}
    status = REFUSED if form.errors else 200
    return render(request, "sparring/rooms/index.html", context, status=status)


@no_store
def room(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Change a room, or take it out of use."""
    employee = request.user
    found = get_object_or_404(rooms_of(employee), pk=pk)
    form = RoomForm(request.POST or None, room=found)
    if submit_to_domain(
        form, lambda: change_room_details(actor=employee, room=found, **form.cleaned_data)
    ):
        messages.success(request, _("The room is changed, and sessions in it are told."))
        return redirect("sparring:rooms")
    status = REFUSED if form.errors else 200
    return render(request, "sparring/rooms/room.html", {"room": found, "form": form}, status=status)
