"""`/konto/kalender-og-besked/`: one's calendar in and out, and what one is written to about."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from people.domain import messages as choices
from people.http import EmployeeRequest
from people.letters import read_unsubscribe

from .forms import MessagesForm


@never_cache
def own_calendar(request: EmployeeRequest) -> HttpResponse:
    """The page; it takes the choice of messages itself."""
    employee = request.user
    which = request.POST.get("form", "")
    data = request.POST if which == "messages" else None
    form = MessagesForm(data, employee=employee, prefix="messages")
    if which == "messages" and form.is_valid():
        choices.choose(actor=employee, employee=employee, frequencies=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:own_calendar")
    context = {"messages_form": form, "crumbs": [(_("Your account"), reverse("people:account"))]}
    return render(request, "people/own_calendar.html", context, status=422 if which else 200)


@csrf_exempt  # a mail program posts here without a cookie (RFC 8058); the signature is the proof
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A signed link out of a mail: GET asks, POST stops. A link that is not ours is 404."""
    found = read_unsubscribe(token)
    if found is None:
        raise Http404
    employee, kinds = found
    if request.method == "POST":
        choices.unsubscribe(employee=employee, kinds=kinds)
    context = {"kinds": [kind.label for kind in kinds], "done": request.method == "POST"}
    return render(request, "people/unsubscribe.html", context)
