"""Finding what a page is about, for who may know of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.domain.attendance import may_organise
from events.limits import WRONG_LINKS
from events.links import read_guest_token
from events.models import EventPage, SignUp
from kb.models.base import shown_to
from privacy.clients import client_address
from privacy.limits import clock_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from people.models import Employee

TOO_MANY = 429


class TooManyTries(Exception):
    """One client has tried too often."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


def event_or_404(user: Any, pk: int) -> EventPage:
    """A published event that this visitor may open."""
    return get_object_or_404(shown_to(EventPage.objects.all(), user), pk=pk)


def organised_or_404(user: Employee, pk: int) -> EventPage:
    """An event whose list this employee has; others learn nothing."""
    event = get_object_or_404(EventPage, pk=pk)
    if not may_organise(user, event):
        raise Http404
    return event


def guest_or_404(request: HttpRequest, token: str) -> SignUp:
    """The sign-up of a guest's link. Raises Http404, TooManyTries."""
    sign_up = read_guest_token(token)
    if sign_up is None:
        until = WRONG_LINKS.count(client_address(request))
        if until is not None:
            raise TooManyTries(until)
        raise Http404
    return sign_up


def later(until: datetime) -> HttpResponse:
    """A sentence that says when to go on."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Too many tries came from here. Go on at %(time)s.") % {"time": clock_of(until)}
    response = HttpResponse(text, status=TOO_MANY, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(round((until - timezone.now()).total_seconds()))
    return response
