"""`/konto/kalender-og-besked/`: the user's calendars, feed and notifications."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.domain import calendars
from people.domain import notification_choices as choices
from people.domain_forms_view import DomainFormsView
from people.enums import FeedKind
from people.feed_views import change_feed
from people.mails import absolute, read_unsubscribe
from people.models import BusyCalendar, FeedToken

from .forms import MessagesForm, SubscribeForm, UploadForm
from .showing import calendar_rows

if TYPE_CHECKING:
    from django import forms
    from django.utils.functional import Promise

    from people.http import EmployeeRequest

HERE = "people:own_calendar"


class OwnCalendar(DomainFormsView):
    """The page with its three forms, each with its own button."""

    template_name = "people/own_calendar.html"
    here = HERE
    form_classes: ClassVar[Mapping[str, Callable[..., Any]]] = {
        "upload": UploadForm,
        "subscribe": SubscribeForm,
        "messages": MessagesForm,
    }
    done: ClassVar[Mapping[str, str | Promise]] = {
        "upload": gettext_lazy("The calendar is read. Its times are kept free of sessions."),
        "subscribe": gettext_lazy("The calendar is fetched in a moment, and then every hour."),
        "messages": gettext_lazy("Saved."),
    }

    def arguments(self, name: str) -> dict[str, Any]:
        return {"employee": self.employee} if name == "messages" else {}

    def act(self, name: str, form: forms.Form) -> object:
        person, given = {"actor": self.employee, "employee": self.employee}, form.cleaned_data
        if name == "upload":
            return calendars.upload_calendar(**person, content=given["file"])
        if name == "subscribe":
            return calendars.subscribe_calendar(**person, address=given["address"])
        return choices.choose(**person, frequencies=given)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own_feeds = FeedToken.objects.filter(employee=self.employee, kind=FeedKind.CALENDAR)
        return super().get_context_data(
            crumbs=[(_("Your account"), reverse("people:account"))],
            calendars=calendar_rows(self.employee),
            feed=own_feeds.first(),
            **kwargs,
        )


class RenewFeed(OwnCalendar):
    """Revoke the feed's address, or create a new one, which is shown only once."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page with the new address; without one, go back to it."""
        token = change_feed(self.request, FeedKind.CALENDAR)
        if not token:
            return redirect(HERE)
        return self.page(feed_address=absolute(reverse("sparring:feed", args=[token])))


@require_POST
def remove_calendar(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Remove one of the employee's own busy calendars; another person's is 404."""
    calendar = get_object_or_404(BusyCalendar, pk=pk, employee=request.user)
    calendars.remove_calendar(actor=request.user, calendar=calendar)
    messages.success(request, _("The calendar is removed, and its times are free again."))
    return redirect(HERE)


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
