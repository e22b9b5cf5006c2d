"""Asking for a talk about a theme, and the task of answering."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.domain import talks
from articles.forms.themes import TalkAnswerForm, TalkRequestForm
from articles.models import TalkRequest
from articles.talk_calendar import talk_file
from kb.models import ThemePage
from kb.models.base import shown_to
from people.domain_form_view import DomainFormView
from people.models import Employee
from privacy.clients import client_address
from privacy.http import no_store
from privacy.limits import Limit, clock_of

if TYPE_CHECKING:
    from people.http import EmployeeRequest

AN_HOUR = timedelta(hours=1)
ASKED_BY_CLIENT = Limit("talk.asked", most=3, period=AN_HOUR)  # without login
ASKED_BY_EMPLOYEE = Limit("talk.asked.employee", most=10, period=AN_HOUR)
ASKED_BY_STRANGERS = Limit("talk.asked.all", most=60, period=AN_HOUR)  # all without login together


class AskForTalk(DomainFormView):
    """For everybody who can open the theme: who is logged in, and the public where it is open."""

    form_class = TalkRequestForm
    template_name = "articles/ask_for_talk.html"
    done = gettext_lazy("Thank you. The contact of the theme gets your request now.")
    theme: ThemePage

    def prepare(self) -> None:
        themes = shown_to(ThemePage.objects.select_related("contact"), self.request.user)
        self.theme = get_object_or_404(themes, slug=self.kwargs["slug"])
        if self.theme.contact is None:
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        if not isinstance(self.employee, Employee):
            return {}
        return {
            "name": self.employee.get_full_name(),
            "email": self.employee.email,
            "organisation": str(self.employee.municipality or ""),
        }

    def act(self, form: TalkRequestForm) -> object:
        actor = self.employee if isinstance(self.employee, Employee) else None
        _count(self.request, actor)
        return talks.ask_for_talk(actor=actor, theme=self.theme, **form.cleaned_data)

    def get_success_url(self) -> str:
        return str(self.theme.url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(theme=self.theme, **kwargs)


def _count(request: EmployeeRequest, actor: Employee | None) -> None:
    """Raise ValidationError for more than a person asks in an hour."""
    if actor is not None:
        until = ASKED_BY_EMPLOYEE.count(actor.pk)
    else:
        until = ASKED_BY_CLIENT.count(client_address(request)) or ASKED_BY_STRANGERS.count("all")
    if until is not None:
        wait = _("There have been many requests from here. Try again at %(time)s.")
        raise ValidationError(wait % {"time": clock_of(until)})


@no_store
def index(request: EmployeeRequest) -> HttpResponse:
    """What one is to answer, what one asked for, and what was answered."""
    found = TalkRequest.objects.readable_by(request.user).select_related("theme", "asked_by")
    answerable = set(TalkRequest.objects.answerable_by(request.user).values_list("pk", flat=True))
    context = {
        "to_answer": [talk for talk in found if talk.is_waiting and talk.pk in answerable],
        "asked": [talk for talk in found if talk.is_waiting and talk.pk not in answerable],
        "answered": [talk for talk in found if not talk.is_waiting],
    }
    return render(request, "articles/talks.html", context)


class AnswerTalk(DomainFormView):
    """One request: answered by the contact or an editor, read by whoever asked."""

    form_class = TalkAnswerForm
    template_name = "articles/talk.html"
    done = gettext_lazy("Answered. Whoever asked is told.")
    success_url = reverse_lazy("articles:talks")
    field_names = {"starts_at": "day"}
    talk: TalkRequest

    def prepare(self) -> None:
        found = TalkRequest.objects.readable_by(self.employee).select_related("theme__contact")
        self.talk = get_object_or_404(found, pk=self.kwargs["pk"])
        self.may_answer = (
            TalkRequest.objects.answerable_by(self.employee).filter(pk=self.talk.pk).exists()
        )

    def act(self, form: TalkAnswerForm) -> object:
        given = form.cleaned_data
        if not given["accepted"]:
            return talks.decline_talk(actor=self.employee, talk=self.talk, answer=given["answer"])
        starts_at = timezone.make_aware(datetime.combine(given["day"], given["time"]))
        return talks.accept_talk(
            actor=self.employee,
            talk=self.talk,
            starts_at=starts_at,
            minutes=given["minutes"],
            location=given["location"],
            answer=given["answer"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(talk=self.talk, may_answer=self.may_answer, **kwargs)


@no_store
def calendar(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The talk as .ics, for whoever asked and whoever answers; 404 until there is a time."""
    found = TalkRequest.objects.readable_by(request.user).filter(accepted=True)
    talk = get_object_or_404(found.select_related("theme"), pk=pk)
    answer = HttpResponse(talk_file(talk), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="oplaeg.ics"'
    return answer
