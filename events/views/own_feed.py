"""`/arrangementer/mit/`: the address at which one's own calendar fetches one's places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.calendars import own_calendar
from events.models import EventIndexPage, SignUp
from people.enums import FeedKind
from people.feed_views import change_feed, secret_feed
from people.mails import absolute
from people.models import FeedToken
from privacy.http import no_store

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from people.models import Employee

MOST = 200


@no_store
def page(request: EmployeeRequest) -> HttpResponse:
    """Make the address, make it anew, or close it; it is shown once."""
    address = ""
    if request.method == "POST":
        token = change_feed(request, FeedKind.EVENTS)
        if not token:
            return redirect("events:own_feed")
        address = absolute(reverse("events:own_calendar", args=[token]))
    index = EventIndexPage.objects.live().first()
    context = {
        "feed": FeedToken.objects.filter(employee=request.user, kind=FeedKind.EVENTS).first(),
        "feed_address": address,
        "crumbs": [(index.title, index.url)] if index is not None else [],
    }
    return render(request, "events/own_feed.html", context)


@secret_feed(FeedKind.EVENTS)
def feed(request: HttpRequest, owner: Employee) -> HttpResponse:
    """The places of whoever the secret belongs to, also those that were called off since."""
    rows = SignUp.objects.seated().filter(employee=owner).select_related("event__calendar_entry")
    with override(settings.LANGUAGE_CODE):
        content = own_calendar(rows.order_by("-event__date")[:MOST], name=_("Events"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="mine-arrangementer.ics"'
    return response
