"""Following a theme: one button, one POST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kb.domain.follows import follow_theme, unfollow_theme
from kb.models import ThemePage
from people.models import Employee

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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
