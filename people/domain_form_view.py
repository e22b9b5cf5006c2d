"""The one way of writing a page with one form whose answer goes to one function of the domain.

A page with several forms calls `submit_to_domain` for each; a button without fields calls
`run_with_message` (both in `people.form_errors`).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from form_drafts.domain.drafts import drop_draft
from form_drafts.kept_form import KeptForm, asks_about_draft, kept_form, nothing_kept, place_of
from privacy.http import no_store

from .form_errors import NO_NAMES, show_errors, submit_to_domain

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase
    from django.utils.functional import Promise

    from .http import EmployeeRequest
    from .models import Employee, Municipality

    AnyFormView = FormView[Any]
else:  # Django's own class takes no type; wagtail_hooks.py is imported before others teach it to
    AnyFormView = FormView


@method_decorator(no_store, name="dispatch")
class DomainFormView(AnyFormView):
    """A subclass names its template, form, message and next address, and calls the domain in `act`.

    What the form or the domain refuses is shown at its field with status 422, and everything that
    was typed stays. Where there are several fields, what is typed is kept on the way (form_drafts):
    the template shows `form_draft`, as components/form.html does.
    """

    done: ClassVar[str | Promise] = ""
    # The form's names for fields that the domain calls something else.
    field_names: ClassVar[Mapping[str, str]] = NO_NAMES
    # Why nothing that is typed here is kept before it is sent, if so.
    not_kept: ClassVar[str] = ""
    request: EmployeeRequest
    employee: Employee
    kept_form: KeptForm | None = None

    def prepare(self) -> HttpResponseBase | None:
        """Find what the page is about; raises Http404 or PermissionDenied for who may not see it.

        A response is given instead of the page, where the page has nothing to ask (any more).
        """
        return None

    def act(self, form: Any) -> object:
        """Call the domain function; may raise ValidationError."""
        raise NotImplementedError

    @property
    def draft_subject(self) -> str:
        """What takes the drafts of this page along when it goes, such as a case."""
        return ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.employee = self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            instead = self.prepare()
        except (Http404, PermissionDenied):
            self.forget_draft()
            raise
        if instead is None and request.method == "POST" and asks_about_draft(request):
            instead = self._draft_answer()
        return super().dispatch(request, *args, **kwargs) if instead is None else instead

    def get_form(self, form_class: Any = None) -> Any:
        """The form, with what was typed in it earlier."""
        form = super().get_form(form_class)
        if not self.not_kept:
            self.kept_form = kept_form(self.request, form, subject=self.draft_subject)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "form_draft": self.kept_form}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except ValidationError as error:
            show_errors(form, error, self.field_names)
            return self.form_invalid(form)
        if self.kept_form is not None:
            self.kept_form.drop()
        if self.done:
            messages.success(self.request, str(self.done))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        if self.kept_form is not None:
            self.kept_form.keep_refused()
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _draft_answer(self) -> HttpResponse:
        self.get_form()
        return self.kept_form.answer() if self.kept_form is not None else nothing_kept()

    def forget_draft(self) -> None:
        """Who may not open the page any more, or has ended its matter, leaves nothing behind."""
        place = place_of(self.request)
        if place is not None:
            drop_draft(actor=self.request.user, place=place)


class MunicipalityFormView(DomainFormView):
    """A form about the municipality of whoever looks, its `town`; `opens` says for whom."""

    closed: ClassVar[str]
    """Why it is refused, for the log."""
    town: Municipality

    def opens(self, town: Municipality) -> bool:
        """Whether the employee may see the page of their own municipality."""
        raise NotImplementedError

    def prepare(self) -> HttpResponseBase | None:
        town = self.employee.municipality
        if town is None or not self.opens(town):
            raise PermissionDenied(self.closed)
        self.town = town
        return None


class TriedFormView(DomainFormView):
    """A form that shows what it would do before it is saved: the button `save` saves."""

    def attempt(self, form: Any) -> None:
        """Work out what saving would do, to be shown; may raise ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Only the button that saves saves; any other shows."""
        if "save" in self.request.POST:
            return super().form_valid(form)
        if not submit_to_domain(form, lambda: self.attempt(form)):
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form))
