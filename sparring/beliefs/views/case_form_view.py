"""One small page for each thing that can be done to a case: a form, the domain's verb, back again.

What the domain refuses is shown at its field, with everything that was typed still there.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.views.generic import FormView

from people.form_errors import show_errors
from people.http import EmployeeRequest
from people.models import Employee
from privacy.http import no_store
from sparring.models import Case

from .lookup import case_or_404

REFUSED = 422
Text = str | Promise
# Names of the domain's fields that a form calls something else.
ALIASES = {
    "snooze_reason": "reason",
    "paused_reason": "reason",
    "paused_until": "until",
    "started_on": "on",
    "strengths": "strength_0",
}


@method_decorator(no_store, name="dispatch")
class CaseVerbView(FormView[forms.Form]):
    """Base of the verb pages. A subclass names its form and texts and calls the domain in `act`.

    A partner of a session sees the case but does nothing to it: 403. A stranger gets 404.
    """

    template_name = "sparring/cases/form.html"
    heading: ClassVar[Text] = ""
    lead: ClassVar[Text] = ""
    submit: ClassVar[Text] = ""
    done: ClassVar[Text] = ""
    case: Case
    request: EmployeeRequest
    employee: Employee

    def act(self, form: forms.Form) -> object:
        """Call the domain function; may raise ValidationError."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.employee = self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.case = case_or_404(self.employee, kwargs["code"])
        if not self.may():
            raise PermissionDenied("Only the case's own caseworker does this.")
        return super().dispatch(request, *args, **kwargs)

    def may(self) -> bool:
        """Whether the person may open the page; the domain asks again."""
        return self.case.owner_id == self.employee.pk

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form)
        except ValidationError as error:
            show_errors(form, error, ALIASES)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, str(self.done))
        return super().form_valid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def get_success_url(self) -> str:
        return reverse("sparring:case_detail", args=[self.case.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"case": self.case, "back": self.get_success_url()}
        texts = {"page_heading": self.heading, "lead": self.lead, "submit": self.submit}
        return super().get_context_data(**context, **texts, **kwargs)
