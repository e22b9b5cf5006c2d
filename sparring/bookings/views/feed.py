"""`/kalender/<token>.ics`: one's own sessions for one's own calendar, without login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.enums import FeedKind
from people.feed_views import secret_feed
from sparring.bookings import ics
from sparring.bookings.queries.feed import feed_sessions

if TYPE_CHECKING:
    from people.models import Employee


@secret_feed(FeedKind.CALENDAR)
def feed(request: HttpRequest, owner: Employee) -> HttpResponse:
    """The calendar of whoever the secret token belongs to."""
    with override(settings.LANGUAGE_CODE):
        content = ics.feed(
            feed_sessions(owner),
            name=_("Sparring"),
            summary=_("Sparring"),
            description=_("Log in to see what it is about, and to answer."),
        )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="sparring.ics"'
    return response
