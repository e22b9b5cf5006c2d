"""`/sparring/vaek/` and `/sparring/reparation/`: somebody is away, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from people.domain_form_view import DomainFormView
from privacy import audit
from privacy.http import no_store
from sparring.bookings.domain.absences import report_away
from sparring.bookings.forms.away import AwayForm
from sparring.plans.domain.repair import apply_repair
from sparring.plans.gaps import group_sessions
from sparring.plans.queries.repair import lines
from sparring.plans.repair_proposal import propose
from sparring.shared.guards import coordinates

from .plans import coordinator

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


class ReportAway(DomainFormView):
    """One's own absence from today on; the coordinator's page leads on to the repair."""

    form_class = AwayForm
    template_name = "sparring/plans/away.html"
    done = gettext_lazy("The absence is registered, and those it concerns are told.")

    def act(self, form: AwayForm) -> object:
        data = {"employee": self.employee, **form.cleaned_data}
        return report_away(actor=self.employee, **data)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "reporter": self.employee}

    def get_success_url(self) -> str:
        repairs = coordinates(self.employee, self.employee.municipality_id)
        return reverse("sparring:repair" if repairs else "sparring:index")


@no_store
def repair(request: EmployeeRequest) -> HttpResponse:
    """What would be changed, whom it moves and why; done only after it has been seen."""
    actor = coordinator(request)
    assert actor.municipality is not None
    if request.method == "POST":
        try:
            done = apply_repair(
                actor=actor, municipality=actor.municipality, key=request.POST.get("key", "")
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("sparring:repair")
        count = len(done.changes)
        text = ngettext(
            "%(n)d session is repaired, and its people are told.",
            "%(n)d sessions are repaired, and their people are told.",
            count,
        )
        messages.success(request, text % {"n": count})
        return redirect("sparring:plans")
    now = timezone.now()
    proposal = propose(actor.municipality, now)
    audit.record(actor=actor, action="plan.view_repair", target=actor.municipality)
    context = {
        "proposal": proposal,
        "lines": lines(proposal),
        "group_talks": group_sessions(actor.municipality, now),
    }
    return render(request, "sparring/plans/repair.html", context)
