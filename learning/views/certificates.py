"""Certificates on paper, as badges, and from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from learning.badges import can_sign, signed_badge
from learning.domain.certificates import open_copy, register_external
from learning.forms.learning import ExternalForm, ExternalForOtherForm
from learning.models import Certificate
from learning.presentation import certificate_pdf
from learning.queries.people import colleagues_of, kept_by
from people.domain_form_view import DomainFormView
from people.roles import Right
from privacy.http import no_store

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from people.models import Employee


def _own(employee: Employee, uid: UUID) -> Certificate:
    """A certificate of ours that the person holds; revoked ones are not handed out again."""
    ours = Certificate.objects.filter(programme__isnull=False, revoked_on__isnull=True)
    return get_object_or_404(ours.select_related("programme"), employee=employee, pk=uid)


@no_store
def printed(request: EmployeeRequest, uid: UUID) -> HttpResponse:
    """One's own certificate as PDF; 404 for others."""
    answer = HttpResponse(certificate_pdf(_own(request.user, uid)), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="certifikat.pdf"'
    return answer


@no_store
def badge(request: EmployeeRequest, uid: UUID) -> HttpResponse:
    """One's own certificate as an Open Badge; 404 for others and where there is no key."""
    certificate = _own(request.user, uid)
    if not can_sign():
        raise Http404
    answer = HttpResponse(signed_badge(certificate), content_type="application/vc+jwt")
    answer["Content-Disposition"] = 'attachment; filename="open-badge.jwt"'
    return answer


@no_store
def copy(request: EmployeeRequest, uid: UUID) -> HttpResponse:
    """The paper from elsewhere, for its holder and who confirms it; 404 for others."""
    certificate = Certificate.objects.filter(employee=request.user, pk=uid).first()
    if certificate is None:
        if not request.user.may(Right.RECORD_LEARNING):
            raise Http404
        certificate = get_object_or_404(kept_by(request.user), pk=uid)
    try:
        content = open_copy(actor=request.user, certificate=certificate)
    except Certificate.DoesNotExist as missing:
        raise Http404 from missing
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="kopi-af-certifikat.pdf"'
    return answer


class RegisterOwn(DomainFormView):
    """Write down one's own certificate from elsewhere."""

    form_class = ExternalForm
    template_name = "learning/register_external.html"
    done = gettext_lazy("It is written down. It counts once your coordinator has seen it.")
    success_url = reverse_lazy("learning:mine")

    def act(self, form: ExternalForm) -> object:
        return register_external(actor=self.employee, employee=self.employee, **form.cleaned_data)


class RegisterForOther(DomainFormView):
    """Write down a colleague's certificate from elsewhere, having seen it."""

    form_class = ExternalForOtherForm
    template_name = "learning/register_external.html"
    done = gettext_lazy("The certificate is written down.")
    success_url = reverse_lazy("learning:certificates")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "colleagues": colleagues_of(self.employee)}

    def act(self, form: ExternalForOtherForm) -> object:
        return register_external(actor=self.employee, **form.cleaned_data)
