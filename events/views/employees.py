"""`/arrangementer/<id>/…`: an employee signs up, cancels, says »I was there«, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events.domain.afterwards import add_comment, evaluate, why_not_evaluate
from events.domain.attendance import say_came
from events.domain.seats import free_seat, why_closed
from events.domain.sign_ups import cancel_sign_up, sign_up_employee
from events.enums import ACTIVE
from events.forms.sign_ups import CommentForm, EvaluationForm, SignUpForm
from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from people.form_fields import ConfirmForm
from privacy.http import no_store

from .find import event_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from events.models import EventPage, SignUp
    from people.http import EmployeeRequest


class EventView(DomainFormView):
    """A page with one form about one event."""

    event: EventPage

    def prepare(self) -> HttpResponseBase | None:
        self.event = event_or_404(self.employee, self.kwargs["pk"])
        return None

    def get_success_url(self) -> str:
        return str(self.event.url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(event=self.event, **kwargs)


class SignUpView(EventView):
    """One question that need not be answered, and a button."""

    form_class = SignUpForm
    template_name = "events/sign_up.html"

    def act(self, form: SignUpForm) -> object:
        sign_up = sign_up_employee(
            actor=self.employee,
            event=self.event,
            access_needs=form.cleaned_data["access_needs"],
        )
        done = (
            _("You are signed up. A mail with a calendar file is on its way.")
            if sign_up.is_seated
            else _("You are on the waiting list. You get a mail as soon as a place is yours.")
        )
        messages.success(self.request, done)
        return sign_up

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = why_closed(self.event)
        full = not closed and free_seat(self.event) is None
        return super().get_context_data(closed=closed, is_full=full, **kwargs)


class CancelView(EventView):
    """»Really?«, and a button."""

    form_class = ConfirmForm
    template_name = "events/cancel.html"

    def act(self, form: ConfirmForm) -> object:
        run_with_message(
            self.request,
            lambda: cancel_sign_up(actor=self.employee, sign_up=latest(self.event, self.employee)),
            _("You have cancelled. Thank you for making room for somebody else."),
        )
        return None


class EvaluateView(EventView):
    """Three questions, once."""

    form_class = EvaluationForm
    template_name = "events/evaluate.html"
    not_kept = "Nobody sees whose answers they are: nothing is kept under a name."

    def prepare(self) -> HttpResponseBase | None:
        super().prepare()
        reason = why_not_evaluate(latest(self.event, self.employee))
        if reason:
            messages.info(self.request, reason)
            return redirect(self.event.url)
        return None

    def act(self, form: EvaluationForm) -> object:
        sign_up = latest(self.event, self.employee)
        done = evaluate(actor=self.employee, sign_up=sign_up, **form.cleaned_data)
        messages.success(self.request, _("Thank you for your answers."))
        return done


class CommentView(EventView):
    """Say something in the debate; what is refused is shown again with its words."""

    form_class = CommentForm
    template_name = "events/comment.html"
    done = gettext_lazy("Thank you. Others read it once the organiser has.")

    def act(self, form: CommentForm) -> object:
        return add_comment(actor=self.employee, event=self.event, text=form.cleaned_data["text"])

    def get_success_url(self) -> str:
        return f"{self.event.url}#debat"


@require_POST
@no_store
def i_was_there(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Say that one came; the organiser sees it."""
    event = event_or_404(request.user, pk)
    run_with_message(
        request,
        lambda: say_came(actor=request.user, sign_up=latest(event, request.user)),
        _("Noted. The organiser sees it on the list."),
    )
    return redirect(event.url)


def latest(event: EventPage, employee: Any) -> SignUp:
    """The employee's active sign-up, else the newest one; Http404 where there never was one."""
    rows = event.sign_ups.filter(employee=employee).select_related("event")
    active = rows.filter(state__in=ACTIVE).first()
    return active or get_object_or_404(rows.order_by("-pk")[:1])
