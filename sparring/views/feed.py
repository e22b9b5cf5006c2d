"""`/kalender/<token>.ics`: one's own talks for one's own calendar, without login."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.domain.feeds import owner_of
from privacy.http import no_store
from sparring import ics
from sparring.queries.feed import feed_talks

AN_HOUR = 3600
MOST_AN_HOUR = 60  # of one address; calendars ask every hour or so
MOST_WRONG_AN_HOUR = 30  # of one caller
TOO_MANY = 429


@no_store
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever the secret token belongs to; 404 for a token nobody has."""
    owner = owner_of(token)
    if owner is None:
        caller = request.META.get("REMOTE_ADDR", "")
        if _used_up(f"wrong:{caller}", MOST_WRONG_AN_HOUR):
            return _later()
        raise Http404
    if _used_up(f"feed:{owner.pk}", MOST_AN_HOUR):
        return _later()
    with override(settings.LANGUAGE_CODE):
        content = ics.feed(
            feed_talks(owner),
            name=_("Sparring"),
            summary=_("Sparring"),
            description=_("Log in to see what it is about, and to answer."),
        )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Disposition"] = 'inline; filename="sparring.ics"'
    return response


def _used_up(what: str, most: int) -> bool:
    """Count one more of this hour's, in this process; whether that is too many."""
    key = "calendar:" + hashlib.sha256(what.encode()).hexdigest()
    cache.add(key, 0, AN_HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out in between
        return False


def _later() -> HttpResponse:
    response = HttpResponse(status=TOO_MANY, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(AN_HOUR)
    return response
