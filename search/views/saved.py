"""Saving a search, its rhythm, and the slash key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from search.domain import saved
from search.forms import SearchForm
from search.models import SavedSearch

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest

A_YEAR = 365 * 24 * 60 * 60


def save(request: EmployeeRequest) -> HttpResponse:
    """Save the search of the previous page, and return to it."""
    form = SearchForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors.as_data()["q"])
        saved.save_search(actor=request.user, query=form.query, filters=form.filters)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The search is saved. We write when it finds something new."))
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    return redirect(f"{reverse('search:search')}?{fields.urlencode()}")


def change(request: EmployeeRequest, pk: int) -> HttpResponse:
    """`rhythm` sets how often; `delete` deletes it."""
    search = get_object_or_404(SavedSearch, pk=pk, owner=request.user)
    if "delete" in request.POST:
        saved.forget_search(actor=request.user, search=search)
        messages.success(request, _("The search is deleted."))
        return redirect("people:account")
    try:
        saved.set_rhythm(actor=request.user, search=search, rhythm=request.POST.get("rhythm", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect("people:account")


def slash(request: EmployeeRequest) -> HttpResponse:
    """Turn the slash key on or off in this browser (WCAG 2.1.4)."""
    answer = redirect("people:account")
    on = request.POST.get("slash") == "on"
    answer.set_cookie(
        "slash", "on" if on else "off", max_age=A_YEAR, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    messages.success(request, _("The key / is on.") if on else _("The key / is off."))
    return answer
