"""`/sparring/gaester/`: agreements with other municipalities on guests in each other's sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from privacy.http import no_store
from sparring.bookings.domain.guests import accept_agreement, end_agreement, offer_agreement
from sparring.colleagues.forms.guests import OfferAgreementForm
from sparring.colleagues.queries.guests import agreements_of, may_be_offered

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest
    from sparring.models import GuestAgreement


class OfferAgreement(DomainFormView):
    """The agreements there are and were, and the form that offers one."""

    form_class = OfferAgreementForm
    template_name = "sparring/guests/index.html"
    done = gettext_lazy("The offer is sent. It holds when they say yes.")
    success_url = reverse_lazy("sparring:guests")

    def act(self, form: OfferAgreementForm) -> object:
        return offer_agreement(actor=self.employee, to=form.cleaned_data["municipality"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "municipalities": may_be_offered(self.employee)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(agreements_of(self.employee))
        home = self.employee.municipality_id or 0
        return super().get_context_data(
            may_offer=may_be_offered(self.employee).exists(),
            open=[(row, row.other(home)) for row in rows if row.ended_at is None],
            ended=[(row, row.other(home)) for row in rows if row.ended_at is not None],
            home=home,
            **kwargs,
        )


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
