"""What the coordinator records: passed modules, and certificates of the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.domain.certificates import confirm_external, revoke
from learning.domain.passes import pass_module
from learning.forms.learning import PassForm, RevokeForm
from learning.queries.people import colleagues_of, kept_by
from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from learning.models import Certificate
    from people.http import EmployeeRequest

ON_A_PAGE = 50


class RecordPass(DomainFormView):
    """Who passed which module."""

    form_class = PassForm
    template_name = "learning/record.html"
    done = gettext_lazy("It is recorded.")
    success_url = reverse_lazy("learning:record")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "colleagues": colleagues_of(self.employee)}

    def act(self, form: PassForm) -> object:
        return pass_module(actor=self.employee, **form.cleaned_data)


@no_store
def certificates(request: EmployeeRequest) -> HttpResponse:
    """Those to confirm first; then all that hold, by name."""
    kept, today = kept_by(request.user), timezone.localdate()
    held = kept.live().confirmed().order_by("employee__first_name", "employee__last_name", "title")
    page = Paginator(held, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": kept.waiting().exclude(employee=request.user),
        "page_obj": page,
        "rows": [(certificate, certificate.state_on(today)) for certificate in page],
    }
    return render(request, "learning/certificates.html", context)


def confirm(request: EmployeeRequest, uid: UUID) -> HttpResponse:
    """Say that one has seen it."""
    certificate = get_object_or_404(kept_by(request.user), pk=uid)
    run_with_message(
        request,
        lambda: confirm_external(actor=request.user, certificate=certificate),
        _("The certificate is confirmed."),
    )
    return redirect("learning:certificates")


class Revoke(DomainFormView):
    """Say that a certificate does not hold any more."""

    form_class = RevokeForm
    template_name = "learning/revoke.html"
    done = gettext_lazy("The certificate is revoked. Its address says so from now on.")
    success_url = reverse_lazy("learning:certificates")
    field_names = {"revoked_because": "reason"}
    certificate: Certificate

    def prepare(self) -> HttpResponseBase | None:
        self.certificate = get_object_or_404(kept_by(self.employee), pk=self.kwargs["uid"])
        return None

    def act(self, form: RevokeForm) -> object:
        return revoke(actor=self.employee, certificate=self.certificate, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(certificate=self.certificate, **kwargs)
