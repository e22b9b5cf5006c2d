"""The page on which editors and administrators open sections: `/redaktion/aabne-afsnit/`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from open_half.domain.sections import may_open_sections, set_sections, switches
from open_half.forms.sections import SectionsForm
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def edit_sections(request: EmployeeRequest) -> HttpResponse:
    """What is read without login, and what search engines may show."""
    if not may_open_sections(request.user):
        raise PermissionDenied("Only editors and administrators open a section.")
    data = request.POST if request.method == "POST" else None
    form = SectionsForm(data, present=switches())
    if form.is_valid():
        set_sections(actor=request.user, wanted=form.wanted)
        messages.success(request, _("It is saved, and holds from now on."))
        return redirect("edit_sections")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "open_half/admin/sections.html", {"form": form}, status=status)
