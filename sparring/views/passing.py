"""A talk that passed without having begun: its caseworker says that it was not held."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.http import EmployeeRequest
from sparring.domain.passing import say_not_held
from sparring.models import SparringSession


@require_POST
def not_held(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Back to one's talks; the wish is on the list again."""
    mine = SparringSession.objects.filter(case__owner=request.user)
    try:
        say_not_held(session=get_object_or_404(mine, pk=pk), actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted. Your wish is on the list again."))
    return redirect("sparring:index")
