"""Guests without an account: a form that mails a link, and the page behind the link."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.calendars import seat_calendar
from events.domain.afterwards import evaluate, why_not_evaluate
from events.domain.attendance import say_came
from events.domain.seats import why_closed
from events.domain.sign_ups import ask_for_guest, cancel_sign_up, confirm_guest
from events.enums import SignUpState
from events.forms.sign_ups import EvaluationForm, GuestForm
from events.limits import GUEST_FORMS, GUEST_MAILS
from events.models import CalendarEntry, EventPage, SignUp
from events.page_parts import waiting_number
from people.form_errors import run_with_message, show_errors, submit_to_domain
from privacy.clients import client_address
from privacy.http import no_store
from privacy.limits import clock_of

from .find import TooManyTries, event_or_404, guest_or_404, later

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

NAMES = {"guest_name": "name", "guest_organisation": "organisation"}
SENT = "events/guest_sent.html"


@no_store
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a link by mail. The answer is the same whether the address is known or not."""
    event = event_or_404(request.user, pk)
    if not event.is_public:
        raise Http404
    form = GuestForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _handle(request, event, form)
        if status == HTTPStatus.FOUND:
            return render(request, SENT, {"event": event})
    context = {"event": event, "form": form, "closed": why_closed(event)}
    return render(request, "events/guest_form.html", context, status=status)


def _handle(request: HttpRequest, event: EventPage, form: GuestForm) -> HTTPStatus:
    """FOUND when the link is on its way, or would be."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    until = GUEST_FORMS.count(client_address(request))
    if until is not None:
        sentence = _("Too many tries came from here. Go on at %(time)s.")
        form.add_error(None, sentence % {"time": clock_of(until)})
        return HTTPStatus.TOO_MANY_REQUESTS
    # Said to nobody: it would tell that somebody else asked for the same address.
    is_flooded = GUEST_MAILS.count(form.cleaned_data["email"].casefold()) is not None
    try:
        if not is_flooded:
            ask_for_guest(event=event, **form.cleaned_data)
    except ValidationError as error:
        show_errors(form, error, NAMES)
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.FOUND


@no_store
def place(request: HttpRequest, token: str) -> HttpResponse:
    """A guest's own sign-up: say yes, see where, cancel."""
    try:
        sign_up = guest_or_404(request, token)
    except TooManyTries as error:
        return later(error.until)
    if request.method == "POST":
        _act(request, sign_up)
        return redirect("events:guest", token=token)
    event = sign_up.event
    context = {
        "event": event,
        "sign_up": sign_up,
        "token": token,
        "closed": why_closed(event),
        "has_begun": event.starts_at is not None and event.starts_at <= timezone.now(),
        "online_link": event.online_link if sign_up.is_seated and not event.cancelled else "",
        "waiting_number": waiting_number(sign_up),
        "may_evaluate": not why_not_evaluate(sign_up),
        "unconfirmed": sign_up.state == SignUpState.UNCONFIRMED,
        "is_cancelled": sign_up.state == SignUpState.CANCELLED,
    }
    return render(request, "events/guest.html", context)


def _act(request: HttpRequest, sign_up: SignUp) -> None:
    """What a button of the guest's page asks for; anything else changes nothing."""
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "yes": (
            lambda: confirm_guest(sign_up=sign_up),
            _("Thank you: your yes is here. Below you see where you stand."),
        ),
        "cancel": (
            lambda: cancel_sign_up(actor=None, sign_up=sign_up),
            _("You have cancelled. Thank you for making room for somebody else."),
        ),
        "came": (
            lambda: say_came(actor=None, sign_up=sign_up),
            _("Noted. The organiser sees it on the list."),
        ),
    }
    verb, done = verbs.get(request.POST.get("do", ""), (None, ""))
    if verb is not None:
        run_with_message(request, verb, done)


@no_store
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """A guest's three answers."""
    try:
        sign_up = guest_or_404(request, token)
    except TooManyTries as error:
        return later(error.until)
    if reason := why_not_evaluate(sign_up):
        messages.info(request, reason)
        return redirect("events:guest", token=token)
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and submit_to_domain(
        form, lambda: evaluate(actor=None, sign_up=sign_up, **form.cleaned_data)
    ):
        messages.success(request, _("Thank you for your answers."))
        return redirect("events:guest", token=token)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"event": sign_up.event, "form": form, "back": request.path.removesuffix("svar/")}
    return render(request, "events/evaluate.html", context, status=status)


@no_store
def guest_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The seat as a calendar file."""
    try:
        sign_up = guest_or_404(request, token)
    except TooManyTries as error:
        return later(error.until)
    entry = CalendarEntry.objects.filter(event=sign_up.event_id).first()
    if entry is None or not sign_up.is_seated:
        raise Http404
    content = seat_calendar(sign_up, entry, method="PUBLISH")
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
