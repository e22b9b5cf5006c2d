"""`/sparring/vaek/` and `/sparring/reparation/`: somebody is away, and what is done about it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.form_errors import submit_to_domain
from people.http import EmployeeRequest
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

REFUSED = 422


@no_store
def away(request: EmployeeRequest) -> HttpResponse:
    """One's own absence from today on; the coordinator's page leads on to the repair."""
    reporter = request.user
    form = AwayForm(request.POST or None, reporter=reporter)
    if request.method == "POST" and form.is_valid() and _report(request, form):
        repairs = coordinates(reporter, reporter.municipality_id)
        return redirect("sparring:repair" if repairs else "sparring:index")
    status = REFUSED if form.errors else 200
    return render(request, "sparring/plans/away.html", {"form": form}, status=status)


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
    audit.record(actor=actor, action="plan.view_mending", target=actor.municipality)
    context = {
        "proposal": proposal,
        "lines": lines(proposal),
        "group_talks": group_sessions(actor.municipality, now),
    }
    return render(request, "sparring/plans/repair.html", context)


def _report(request: EmployeeRequest, form: AwayForm) -> bool:
    data = {"employee": request.user, **form.cleaned_data}
    if not submit_to_domain(form, lambda: report_away(actor=request.user, **data)):
        return False
    messages.success(request, _("The absence is registered, and those it concerns are told."))
    return True
