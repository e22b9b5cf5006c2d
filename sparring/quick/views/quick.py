"""“Do you have ten minutes?”: asked from the case, answered on the overview, begun at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from privacy.http import no_store
from sparring.beliefs.views.case_form_view import CaseFormView
from sparring.bookings.domain.calendar_locks import TimeTaken
from sparring.enums import QuickState
from sparring.quick.domain.quick import (
    TooLate,
    answer_quick_ask,
    ask_for_ten_minutes,
    withdraw_quick_ask,
)
from sparring.quick.forms.quick import QuickAskForm
from sparring.quick.queries.quick import (
    asks_of,
    invitations_of,
    shown_to,
    waiting_ask,
    who_is_free,
)

if TYPE_CHECKING:
    from django import forms

    from people.http import EmployeeRequest
    from people.models import Employee
    from sparring.models import QuickAsk


class AskForTenMinutes(CaseFormView):
    """Who is free now, and one button; nobody free says what to do instead."""

    template_name = "sparring/quick/ask.html"
    form_class = QuickAskForm
    heading = _("Do you have ten minutes?")
    lead = _("A session of ten minutes, now: you tell, a colleague listens and gives a bid.")
    submit = _("Ask them now")
    asked: QuickAsk

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting = waiting_ask(self.case)
        if waiting is not None:
            return redirect("sparring:quick", pk=waiting.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def free(self) -> list[Employee]:
        return [colleague.employee for colleague in who_is_free(self.case, timezone.now())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "free": self.free}

    def act(self, form: forms.Form) -> object:
        chosen = set(form.cleaned_data["colleagues"])
        self.asked = ask_for_ten_minutes(
            actor=self.employee,
            case=self.case,
            colleagues=[colleague for colleague in self.free if colleague.pk in chosen],
            key_question=form.cleaned_data["key_question"],
        )
        return self.asked

    def get_success_url(self) -> str:
        if hasattr(self, "asked"):
            return reverse("sparring:quick", args=[self.asked.pk])
        return super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(nobody=not self.free, **kwargs)


@no_store
def quick(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Whoever asked waits here and is taken to the session; who was asked answers here."""
    employee = request.user
    ask = asks_of(employee).filter(pk=pk).first()
    if ask is not None:
        return _wait(request, ask)
    invitation = get_object_or_404(invitations_of(employee), ask=pk)
    return render(request, "sparring/quick/answer.html", {"invitation": invitation})


@require_POST
@no_store
def answer(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Yes leads straight into the session; who came second is told so."""
    employee = request.user
    invitation = get_object_or_404(invitations_of(employee), ask=pk)
    if request.POST.get("answer") not in ("yes", "no"):
        raise Http404
    yes = request.POST["answer"] == "yes"
    try:
        given = answer_quick_ask(actor=employee, ask=invitation.ask, yes=yes)
    except (TooLate, TimeTaken, ValidationError) as error:
        messages.info(request, " ".join(error.messages))
        return redirect("overview")
    if yes and given.ask.session_id is not None:
        return redirect("sparring:session", pk=given.ask.session_id)
    messages.success(request, _("Thank you for answering."))
    return redirect("overview")


@require_POST
@no_store
def withdraw(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Take the question back."""
    employee = request.user
    ask = withdraw_quick_ask(actor=employee, ask=get_object_or_404(asks_of(employee), pk=pk))
    if ask.session_id is not None:
        return redirect("sparring:session", pk=ask.session_id)
    messages.success(request, _("It is taken back."))
    return redirect("sparring:case_detail", code=ask.case.code)


@no_store
def waiting(request: EmployeeRequest) -> HttpResponse:
    """The part of the overview that asks whether somebody needs ten minutes."""
    context = {"quick": shown_to(request.user)}
    return render(request, "sparring/quick/_waiting.html", context)


def _wait(request: HttpRequest, ask: QuickAsk) -> HttpResponse:
    if ask.session_id is not None:
        address = reverse("sparring:session", args=[ask.session_id])
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    context = {
        "ask": ask,
        "invitations": ask.invitations.select_related("employee"),
        "waits": ask.state == QuickState.OPEN and ask.expires_at > timezone.now(),
    }
    part = request.headers.get("HX-Request")
    return render(request, f"sparring/quick/{'_state' if part else 'wait'}.html", context)
