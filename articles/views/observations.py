"""Observations from municipalities: sent by employees, shown once project staff have read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.domain.observations import judge_observation, send_observation
from articles.forms.themes import ObservationForm
from articles.models import Observation
from kb.models import ThemePage
from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


class SendObservation(DomainFormView):
    """What one saw, on one theme."""

    form_class = ObservationForm
    template_name = "articles/send_observation.html"
    done = gettext_lazy("Thank you. Project staff read it before others see it.")
    theme: ThemePage

    def prepare(self) -> None:
        self.theme = get_object_or_404(ThemePage.objects.live(), slug=self.kwargs["slug"])

    def act(self, form: ObservationForm) -> object:
        return send_observation(actor=self.employee, theme=self.theme, **form.cleaned_data)

    def get_success_url(self) -> str:
        return str(self.theme.url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(theme=self.theme, **kwargs)


@no_store
def index(request: EmployeeRequest) -> HttpResponse:
    """What waits to be read, oldest first."""
    waiting = Observation.objects.waiting().select_related("theme", "municipality")
    return render(request, "articles/observations.html", {"observations": waiting})


@no_store
def judge(request: EmployeeRequest, pk: int) -> HttpResponse:
    """`show=yes` shows it, anything else keeps it hidden."""
    observation = get_object_or_404(Observation, pk=pk)
    show = request.POST.get("show") == "yes"
    run_with_message(
        request,
        lambda: judge_observation(actor=request.user, observation=observation, show=show),
        _("It is shown on the theme's page.") if show else _("It is not shown."),
    )
    return redirect("articles:observations")
