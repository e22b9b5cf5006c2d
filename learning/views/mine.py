"""One's own learning, the ethics statement, and how far a unit is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy

from learning.badges import can_sign
from learning.domain.ethics import confirm_ethics
from learning.models import Certificate, EthicsStatement, ModulePass, Programme
from learning.queries.ethics import current_statement
from learning.queries.onboarding import coverage_of, lines_of
from people.domain_form_view import DomainFormView
from people.form_fields import ConfirmForm
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from people.http import EmployeeRequest


@no_store
def mine(request: EmployeeRequest) -> HttpResponse:
    """What to do as a new employee, what one holds, and what one has passed."""
    held = Certificate.objects.filter(employee=request.user).select_related("programme", "copy")
    today = timezone.localdate()
    rows = [
        (certificate, certificate.state_on(today)) for certificate in held.defer("copy__content")
    ]
    passes = ModulePass.objects.filter(employee=request.user).select_related("module", "event")
    context = {
        "lines": lines_of(request.user),
        "certificates": [row for row in rows if _is_current(row[0])],
        "archive": [row for row in rows if not _is_current(row[0])],
        "passes": passes,
        "programmes": Programme.objects.shown(),
        "can_sign": can_sign(),
    }
    return render(request, "learning/mine.html", context)


def _is_current(certificate: Certificate) -> bool:
    return certificate.replaced_by_id is None and certificate.revoked_on is None


class ConfirmEthics(DomainFormView):
    """Read the statement and stand by it."""

    form_class = ConfirmForm
    template_name = "learning/ethics.html"
    done = gettext_lazy("Thank you. You are asked again in a year.")
    success_url = reverse_lazy("learning:mine")
    statement: EthicsStatement

    def prepare(self) -> HttpResponseBase | None:
        found = current_statement()
        if found is None:
            raise Http404
        self.statement = found
        return None

    def act(self, form: ConfirmForm) -> object:
        return confirm_ethics(actor=self.employee, statement=self.statement)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = self.statement.confirmations.filter(employee=self.employee).first()
        return super().get_context_data(statement=self.statement, latest=latest, **kwargs)


@no_store
def coverage(request: EmployeeRequest) -> HttpResponse:
    """How many of the leader's unit have done each line of its list."""
    unit = request.user.unit
    if unit is None:
        raise Http404
    return render(request, "learning/coverage.html", {"unit": unit, "rows": coverage_of(unit)})
