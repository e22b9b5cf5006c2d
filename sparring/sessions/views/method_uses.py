"""Which methods a session used, ticked afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.models import Method
from people.domain_form_view import DomainFormView
from sparring.sessions.domain.method_uses import HELD, note_methods

from .sessions import find

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from sparring.models import SparringSession


class MethodsForm(forms.Form):
    """The methods to tick."""

    methods = forms.ModelMultipleChoiceField(
        label=_("Which methods did you use?"),
        queryset=Method.objects.shown(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NoteMethods(DomainFormView):
    """For those who were in the session."""

    form_class = MethodsForm
    template_name = "sparring/sessions/methods.html"
    done = _("It is noted, without names.")
    session: SparringSession

    def prepare(self) -> HttpResponseBase | None:
        view = find(self.request, self.kwargs["pk"])
        if view.sees_outcome_only or view.session.state not in HELD:
            raise Http404
        self.session = view.session
        return None

    def get_initial(self) -> dict[str, Any]:
        return {"methods": list(self.session.method_uses.values_list("method", flat=True))}

    def act(self, form: MethodsForm) -> object:
        return note_methods(
            actor=self.employee, session=self.session, methods=form.cleaned_data["methods"]
        )

    def get_success_url(self) -> str:
        return reverse("sparring:session", args=[self.session.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.get_success_url(), **kwargs)
