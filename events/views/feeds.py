"""Events to subscribe to, and a series' page: open ones for everybody, all for employees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from events.calendars import public_calendar, seat_calendar
from events.models import CalendarEntry, EventIndexPage, EventPage, EventSeries
from events.page_parts import own_sign_up
from kb.models.base import open_to_all, shown_to
from open_half.views.feeds import NEWEST, PageFeed
from people.mails import absolute
from privacy.http import no_store

from .find import event_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kb.models import BasePage

MOST = 100


def calendar(request: HttpRequest) -> HttpResponse:
    """The open events as a calendar: what is to come, and what was lately."""
    events = open_to_all(EventPage.objects.select_related("calendar_entry"))
    content = public_calendar(events.order_by("-date")[:MOST], name=_("Events"))
    return _ics(content, "arrangementer")


class EventFeed(PageFeed):
    """The open events, the newest first."""

    index = EventIndexPage
    address = "events:rss"

    def title(self, obj: None = None) -> str:
        return _("Events in Sparringsrummet")

    def description(self, obj: None = None) -> str:
        return _("What is to come, and what came of what was.")

    def items(self, obj: None = None) -> list[EventPage]:
        return list(open_to_all(EventPage.objects.order_by(NEWEST))[:MOST])

    def item_guid(self, item: BasePage) -> str:
        return absolute(item.url)


class EventAtom(EventFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "events:atom"


@no_store
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event as a calendar file; the online link only for who has a seat."""
    event = event_or_404(request.user, pk)
    entry = CalendarEntry.objects.filter(event=event).first()
    mine = own_sign_up(event, request.user)
    if entry is not None and mine is not None and mine.is_seated:
        return _ics(seat_calendar(mine, entry, method="PUBLISH"), event.slug)
    return _ics(public_calendar([event], name=event.title), event.slug)


@no_store
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """All events of a series that the visitor may open."""
    found = get_object_or_404(EventSeries.objects.shown(), slug=slug)
    events = shown_to(EventPage.objects.filter(series=found), request.user)
    context = {
        "series": found,
        "index": EventIndexPage.objects.live().first(),
        **events.for_lists(request),
    }
    return render(request, "events/series.html", context)


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
