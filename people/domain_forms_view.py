"""The one way of writing a page with several small forms, each with a button and a verb of its own.

A page with one form is a `people.domain_form_view.DomainFormView`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from form_drafts.kept_form import KeptForm, asks_about_draft, kept_form, nothing_kept
from privacy.http import no_store

from .form_errors import submit_to_domain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from .http import EmployeeRequest
    from .models import Employee


@method_decorator(no_store, name="dispatch")
class DomainFormsView(TemplateView):
    """A subclass names its template, its forms by name, and calls the domain in `act`.

    The button that was pressed says in the field `form` which one it belongs to; only that form is
    read. What is refused is shown at its field with status 422, and everything typed stays. The
    context has each form as `<name>_form`, and its fields carry the form's name. What is typed in a
    form with several fields is kept on the way, and stands in the context as `<name>_draft`.
    """

    form_classes: ClassVar[Mapping[str, Callable[..., Any]]]
    # What is said after each; a form that is not named here says it in `act`.
    done: ClassVar[Mapping[str, str | Promise]] = {}
    # The name of the page's own address: where one comes back to.
    here: ClassVar[str]
    # Why nothing that is typed in a form is kept before it is sent, by its name.
    not_kept: ClassVar[Mapping[str, str]] = {}
    request: EmployeeRequest
    employee: Employee

    def arguments(self, name: str) -> dict[str, Any]:
        """What the form called `name` is made with besides what was sent, such as an instance."""
        return {}

    def act(self, name: str, form: Any) -> object:
        """Call the domain function of the form called `name`; may raise ValidationError."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.employee = self.request.user

    def make_forms(self, sent: str = "") -> dict[str, Any]:
        """The page's forms by name; the one that was sent holds what was sent."""
        return {
            name: form_class(
                self.request.POST if name == sent else None,
                self.request.FILES if name == sent else None,
                prefix=name,
                **self.arguments(name),
            )
            for name, form_class in self.form_classes.items()
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out the form that was sent; a name that is not ours changes nothing."""
        name = request.POST.get("form", "")
        page_forms = self.make_forms(name)
        form = page_forms.get(name)
        if form is None:
            return self.page(page_forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        kept = self.kept_form(name, form)
        if asks_about_draft(request):
            return kept.answer() if kept is not None else nothing_kept()
        if submit_to_domain(form, lambda: self.act(name, form)):
            if kept is not None:
                kept.drop()
            if name in self.done:
                messages.success(request, str(self.done[name]))
            return redirect(self.here)
        if kept is not None:
            kept.keep_refused()
        return self.page(page_forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def kept_form(self, name: str, form: Any) -> KeptForm | None:
        """The form with what was typed in it earlier; None where nothing is kept."""
        return None if name in self.not_kept else kept_form(self.request, form, name=name)

    def page(
        self, page_forms: Mapping[str, Any] | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """The page with these forms, else empty ones."""
        named: dict[str, Any] = {}
        for name, form in (page_forms or self.make_forms()).items():
            named[f"{name}_form"], named[f"{name}_draft"] = form, self.kept_form(name, form)
        return self.render_to_response(self.get_context_data(**named, **more), status=status)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()
