"""“Use the dilemmas in a talk”: one button on a theme's page, one POST."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.http import EmployeeRequest
from sparring.domain.brought import toggle_theme

from .talks import find


def bring_theme(request: EmployeeRequest, pk: int, theme: int) -> HttpResponse:
    """Lay the theme's dilemmas ready for the talk, or take them back; back to the theme's page."""
    view = find(request, pk)
    page = get_object_or_404(ThemePage.objects.live(), pk=theme)
    try:
        is_there = toggle_theme(actor=view.reader, session=view.session, theme=page)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(page.url)
    if is_there:
        messages.success(request, _("The dilemmas lie ready for your sparring."))
    else:
        messages.success(request, _("The dilemmas no longer lie ready."))
    return redirect(page.url)
