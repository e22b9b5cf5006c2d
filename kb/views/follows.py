"""Following a theme, and waiting for a publication: one button, one POST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kb.domain.follows import await_publication, follow_theme, stop_awaiting, unfollow_theme
from kb.models import PublicationPage, ThemePage
from people.form_errors import run_with_message
from people.models import Employee

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from people.http import EmployeeRequest


def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """`follow=yes` follows the theme, anything else stops; back to where the button was."""
    visitor = request.user
    if not isinstance(visitor, Employee):  # the access matrix lets nobody else come here
        raise PermissionDenied
    theme = get_object_or_404(ThemePage.objects.live(), slug=slug)
    if request.POST.get("follow") == "yes":
        follow_theme(actor=visitor, theme=theme)
        messages.success(request, _("You follow the theme. We write when something comes out."))
    else:
        unfollow_theme(actor=visitor, theme=theme)
        messages.success(request, _("You no longer follow the theme."))
    if request.POST.get("from") == "account":
        return redirect("people:account")
    return redirect(theme.url)


def wait_for_publication(request: EmployeeRequest, slug: str) -> HttpResponse:
    """`wait=yes` asks to be told once it exists, anything else stops; back to its page."""
    found = get_object_or_404(PublicationPage.objects.live(), slug=slug)
    if request.POST.get("wait") == "yes":
        run_with_message(
            request,
            lambda: await_publication(actor=request.user, publication=found),
            _("We write once it exists, and not before."),
        )
    else:
        stop_awaiting(actor=request.user, publication=found)
        messages.success(request, _("We do not write about it."))
    return redirect(found.url)
