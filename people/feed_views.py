"""What every secret feed's addresses have in common: serving one, and giving it away.

    @secret_feed(FeedKind.CALENDAR)
    def feed(request, owner): ...

A feed is fetched without a login; who has its secret reads what its owner may read (SEC-40).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from people.domain.feeds import owner_of, renew_feed, revoke_feed
from people.enums import FeedKind
from privacy.clients import client_address
from privacy.http import no_store
from privacy.limits import Limit, clock_of

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from people.http import EmployeeRequest

AN_HOUR = timedelta(hours=1)
FETCHES = Limit("feed.fetch", most=60, period=AN_HOUR)  # of one feed; programs ask hourly or so
WRONG_ADDRESSES = Limit("feed.wrong", most=30, period=AN_HOUR)  # of one client
TOO_MANY = 429
TOO_OFTEN = {
    FeedKind.CALENDAR: gettext_lazy("The calendar was fetched too often. Try again at %(time)s."),
    FeedKind.EVENTS: gettext_lazy("The calendar was fetched too often. Try again at %(time)s."),
    FeedKind.STORIES: gettext_lazy("The feed was fetched too often. Try again at %(time)s."),
}


def secret_feed(
    kind: FeedKind,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]:
    """Decorate a view: it gets the owner of the token, whom the address names, in its place.

    404 for a token nobody has. Guessing and fetching are limited; no answer is kept or indexed.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        @no_store
        @wraps(view)
        def inner(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            owner = owner_of(token, kind)
            if owner is None:
                until = WRONG_ADDRESSES.count(client_address(request))
                if until is None:
                    raise Http404
                return _later(kind, until)
            until = FETCHES.count(f"{kind} {owner.pk}")
            response = (
                view(request, owner, *args, **kwargs) if until is None else _later(kind, until)
            )
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return inner

    return decorate


def _later(kind: FeedKind, until: datetime) -> HttpResponse:
    with override(settings.LANGUAGE_CODE):
        text = TOO_OFTEN[kind] % {"time": clock_of(until)}
    response = HttpResponse(text, status=TOO_MANY, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(round((until - timezone.now()).total_seconds()))
    return response


def change_feed(request: EmployeeRequest, kind: FeedKind) -> str:
    """Do what the buttons beside a feed say: revoke it, or make a new secret and return it.

    Empty when it was revoked; the page then says so.
    """
    if request.POST.get("action") == "revoke":
        revoke_feed(actor=request.user, kind=kind)
        messages.success(request, _("The address is closed."))
        return ""
    return renew_feed(actor=request.user, kind=kind)
