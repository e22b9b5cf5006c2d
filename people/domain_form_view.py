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
from django.utils.decorators import method_decorator
from django.views.generic import FormView

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
    was typed stays.
    """

    done: ClassVar[str | Promise] = ""
    # The form's names for fields that the domain calls something else.
    field_names: ClassVar[Mapping[str, str]] = NO_NAMES
    request: EmployeeRequest
    employee: Employee

    def prepare(self) -> HttpResponseBase | None:
        """Find what the page is about; raises Http404 or PermissionDenied for who may not see it.

        A response is given instead of the page, where the page has nothing to ask (any more).
        """
        return None

    def act(self, form: Any) -> object:
        """Call the domain function; may raise ValidationError."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.employee = self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        instead = self.prepare()
        return super().dispatch(request, *args, **kwargs) if instead is None else instead

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except ValidationError as error:
            show_errors(form, error, self.field_names)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, str(self.done))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


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
