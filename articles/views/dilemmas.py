"""One dilemma: what one most agrees with, and what others answered once there are enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.domain.dilemmas import answer_dilemma, withdraw_answer
from articles.forms.themes import DilemmaForm
from articles.models import DilemmaAnswer
from articles.queries.dilemmas import Dilemma, dilemma_of
from kb.models import ThemePage
from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message

if TYPE_CHECKING:
    from uuid import UUID


class AnswerDilemma(DomainFormView):
    """The employee's own answer is filled in; the button beside it takes it back."""

    form_class = DilemmaForm
    template_name = "articles/dilemma.html"
    done = gettext_lazy("Thank you. You can change your answer at any time.")
    theme: ThemePage
    dilemma: Dilemma
    own: DilemmaAnswer | None

    def prepare(self) -> HttpResponse | None:
        key: UUID = self.kwargs["key"]
        self.theme = get_object_or_404(ThemePage.objects.live(), slug=self.kwargs["slug"])
        found = dilemma_of(self.theme, key)
        if found is None:
            raise Http404
        self.dilemma = found
        self.own = DilemmaAnswer.objects.filter(dilemma=key, employee=self.employee).first()
        if "withdraw" in self.request.POST:
            return self._withdrawn()
        return None

    def _withdrawn(self) -> HttpResponse:
        run_with_message(
            self.request,
            lambda: withdraw_answer(
                actor=self.employee, theme=self.theme, dilemma=self.dilemma.key
            ),
            _("Your answer is taken back."),
        )
        return redirect(self.request.path)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "dilemma": self.dilemma}

    def get_initial(self) -> dict[str, Any]:
        if self.own is None:
            return {}
        return {"position": str(self.own.position), "reason": self.own.reason}

    def act(self, form: DilemmaForm) -> object:
        positions = {str(position.key): position.key for position in self.dilemma.positions}
        return answer_dilemma(
            actor=self.employee,
            theme=self.theme,
            dilemma=self.dilemma.key,
            position=positions[form.cleaned_data["position"]],
            reason=form.cleaned_data["reason"],
        )

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"theme": self.theme, "dilemma": self.dilemma, "own": self.own}
        return super().get_context_data(**context, **kwargs)
