"""`/kalender/<token>.ics`: one's own sessions for one's own calendar, without login."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.domain.feeds import owner_of
from privacy.clients import client_address
from privacy.http import no_store
from privacy.limits import Limit, clock_of
from sparring.bookings import ics
from sparring.bookings.queries.feed import feed_sessions

AN_HOUR = timedelta(hours=1)
FETCHES = Limit("feed.fetch", most=60, period=AN_HOUR)  # of one feed; calendars ask hourly or so
WRONG_ADDRESSES = Limit("feed.wrong", most=30, period=AN_HOUR)  # of one client
TOO_MANY = 429


@no_store
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever the secret token belongs to; 404 for a token nobody has."""
    owner = owner_of(token)
    if owner is None:
        until = WRONG_ADDRESSES.count(client_address(request))
        if until is not None:
            return _later(until)
        raise Http404
    until = FETCHES.count(owner.pk)
    if until is not None:
        return _later(until)
    with override(settings.LANGUAGE_CODE):
        content = ics.feed(
            feed_sessions(owner),
            name=_("Sparring"),
            summary=_("Sparring"),
            description=_("Log in to see what it is about, and to answer."),
        )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Disposition"] = 'inline; filename="sparring.bookings.ics"'
    return response


def _later(until: datetime) -> HttpResponse:
    with override(settings.LANGUAGE_CODE):
        sentence = _("The calendar was fetched too often. Try again at %(time)s.")
        text = sentence % {"time": clock_of(until)}
    response = HttpResponse(text, status=TOO_MANY, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(round((until - timezone.now()).total_seconds()))
    return response
