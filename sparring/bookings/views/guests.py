"""`/sparring/gaester/`: agreements with other municipalities on guests in each other's sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.form_errors import run_with_message, submit_to_domain
from people.http import EmployeeRequest
from privacy.http import no_store
from sparring.bookings.domain.guests import accept_agreement, end_agreement, offer_agreement
from sparring.colleagues.forms.guests import OfferAgreementForm
from sparring.colleagues.queries.guests import agreements_of, may_be_offered
from sparring.models import GuestAgreement

REFUSED = 422


@no_store
def guests(request: EmployeeRequest) -> HttpResponse:
    """The agreements there are and were, and the form that offers one."""
    employee = request.user
    form = OfferAgreementForm(request.POST or None, municipalities=may_be_offered(employee))
    if submit_to_domain(
        form, lambda: offer_agreement(actor=employee, to=form.cleaned_data["municipality"])
    ):
        messages.success(request, _("The offer is sent. It holds when they say yes."))
        return redirect("sparring:guests")
    rows = list(agreements_of(employee))
    home = employee.municipality_id or 0
    context = {
        "form": form,
        "may_offer": form.municipality_choices.exists(),
        "open": [(row, row.other(home)) for row in rows if row.ended_at is None],
        "ended": [(row, row.other(home)) for row in rows if row.ended_at is not None],
        "home": home,
    }
    status = REFUSED if form.errors else 200
    return render(request, "sparring/guests/index.html", context, status=status)


@require_POST
@no_store
def accept(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Say yes to what another municipality offers."""
    agreement = _agreement_or_404(request, pk)
    run_with_message(
        request,
        lambda: accept_agreement(actor=request.user, agreement=agreement),
        _("The agreement holds from now on."),
    )
    return redirect("sparring:guests")


@no_store
def end(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Ask first, then end an agreement or turn an offer down."""
    agreement = _agreement_or_404(request, pk)
    if request.method != "POST":
        other = agreement.other(request.user.municipality_id or 0)
        return render(request, "sparring/guests/end.html", {"agreement": agreement, "other": other})
    run_with_message(
        request,
        lambda: end_agreement(actor=request.user, agreement=agreement),
        _("It has ended. Nobody is a guest under it any more."),
    )
    return redirect("sparring:guests")


def _agreement_or_404(request: EmployeeRequest, pk: int) -> GuestAgreement:
    return get_object_or_404(agreements_of(request.user), pk=pk)
