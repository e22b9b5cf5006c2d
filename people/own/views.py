"""`/konto/kalender-og-besked/`: the user's calendars, feed and notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.domain import calendars
from people.domain import notification_choices as choices
from people.enums import FeedKind
from people.feed_views import change_feed
from people.mails import absolute, read_unsubscribe
from people.models import BusyCalendar, FeedToken

from .forms import MessagesForm, SubscribeForm, UploadForm
from .showing import calendar_rows

if TYPE_CHECKING:
    from django import forms

    from people.http import EmployeeRequest

HERE = "people:own_calendar"


@never_cache
def own_calendar(request: EmployeeRequest) -> HttpResponse:
    """The page with its three forms, each with its own button."""
    which = request.POST.get("form", "")
    own_forms = _forms(request, which)
    if which in own_forms and own_forms[which].is_valid() and _done(request, which, own_forms):
        return redirect(HERE)
    return _page(request, own_forms, status=422 if which else 200)


@require_POST
def remove_calendar(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Remove one of the employee's own busy calendars; another person's is 404."""
    calendar = get_object_or_404(BusyCalendar, pk=pk, employee=request.user)
    calendars.remove_calendar(actor=request.user, calendar=calendar)
    messages.success(request, _("The calendar is removed, and its times are free again."))
    return redirect(HERE)


@require_POST
@never_cache
def feed(request: EmployeeRequest) -> HttpResponse:
    """Revoke the feed's address, or create a new one, which is shown only once."""
    token = change_feed(request, FeedKind.CALENDAR)
    if not token:
        return redirect(HERE)
    address = absolute(reverse("sparring:feed", args=[token]))
    return _page(request, _forms(request, ""), feed_address=address)


@csrf_exempt  # a mail program posts here without a cookie (RFC 8058); the signature is the proof
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A signed link out of a mail: GET asks, POST stops. A link that is not ours is 404."""
    found = read_unsubscribe(token)
    if found is None:
        raise Http404
    employee, topics = found
    if request.method == "POST":
        choices.unsubscribe(employee=employee, topics=topics)
    context = {"topics": [topic.label for topic in topics], "done": request.method == "POST"}
    return render(request, "people/unsubscribe.html", context)


def _forms(request: EmployeeRequest, which: str) -> dict[str, forms.Form]:
    def data(name: str) -> dict[str, Any]:
        sent = which == name
        return {
            "data": request.POST if sent else None,
            "files": request.FILES if sent else None,
            "prefix": name,
        }

    return {
        "upload": UploadForm(**data("upload")),
        "subscribe": SubscribeForm(**data("subscribe")),
        "messages": MessagesForm(employee=request.user, **data("messages")),
    }


def _done(request: EmployeeRequest, which: str, own_forms: dict[str, forms.Form]) -> bool:
    """Do what a valid form asks for; False when the domain refuses, with its words on the form."""
    employee, form = request.user, own_forms[which]
    given = form.cleaned_data
    try:
        if which == "upload":
            calendars.upload_calendar(actor=employee, employee=employee, content=given["file"])
            messages.success(
                request, _("The calendar is read. Its times are kept free of sessions.")
            )
        elif which == "subscribe":
            calendars.subscribe_calendar(
                actor=employee, employee=employee, address=given["address"]
            )
            messages.success(
                request, _("The calendar is fetched in a moment, and then every hour.")
            )
        else:
            choices.choose(actor=employee, employee=employee, frequencies=given)
            messages.success(request, _("Saved."))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _page(
    request: EmployeeRequest,
    own_forms: dict[str, forms.Form],
    *,
    status: int = 200,
    feed_address: str = "",
) -> HttpResponse:
    context = {
        "crumbs": [(_("Your account"), reverse("people:account"))],
        "calendars": calendar_rows(request.user),
        "feed": FeedToken.objects.filter(employee=request.user, kind=FeedKind.CALENDAR).first(),
        "feed_address": feed_address,
        **{f"{name}_form": form for name, form in own_forms.items()},
    }
    return render(request, "people/own_calendar.html", context, status=status)
