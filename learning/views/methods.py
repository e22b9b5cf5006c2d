"""A method's page, its card, its roots, and what colleagues write of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Collection, CollectionPage, Section
from kb.models.base import ROBOTS, shown_to
from kb.models.sections import may_read_section, section_is_indexed
from learning.domain.trials import decide_trial, register_trial, withdraw_trial
from learning.enums import TrialState
from learning.forms.learning import DecisionForm, TrialForm
from learning.method_uses import sessions_with
from learning.models import Method, MethodTrial, Root
from learning.presentation import method_pdf
from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from people.mails import absolute
from people.roles import Right
from privacy.http import no_store

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from people.http import EmployeeRequest
    from people.models import Employee

MOST_TRIALS = 20


def crumbs() -> list[tuple[str, str]]:
    """The way down to a method."""
    return [(_("Methods"), CollectionPage.address(Collection.METHODS) or "/")]


def method(request: EmployeeRequest, slug: str) -> HttpResponse:
    """Everything about one method; what colleagues did with it, for those who are logged in."""
    found = get_object_or_404(Method.objects.shown().select_related("owner", "evidence"), slug=slug)
    evidence = found.evidence if found.evidence and found.evidence.live else None
    reads_evidence = may_read_section(request.user, Section.EVIDENCE)
    context = {
        "method": found,
        "crumbs": crumbs(),
        "evidence": evidence if reads_evidence else None,
        "evidence_url": CollectionPage.address(Collection.EVIDENCE),
        "roots": found.roots.filter(live=True),
        "themes": shown_to(found.themes.all(), request.user).order_by("number"),
        "materials": found.materials.all(),
    }
    if request.user.is_authenticated:
        context |= _use(request.user, found)
        return render(request, "learning/method.html", context)
    context["is_indexed"] = section_is_indexed(Section.METHODS)
    context["canonical"] = absolute(found.get_absolute_url())
    answer = render(request, "learning/method.html", context)
    if context["is_indexed"]:
        answer.headers[ROBOTS] = "all"
    return answer


def _use(employee: Employee, method: Method) -> dict[str, Any]:
    """Who tried it, and how often it was used: never told outside."""
    trials = method.trials.filter(state=TrialState.SHOWN).select_related("employee", "unit")
    return {
        "trials": trials[:MOST_TRIALS],
        "own_trials": method.trials.filter(employee=employee).exclude(state=TrialState.SHOWN),
        "sessions": sessions_with(method.pk),
        "moderates": employee.may(Right.MODERATE_TRIALS),
    }


def card(request: EmployeeRequest, slug: str) -> HttpResponse:
    """The method as a card to print."""
    found = get_object_or_404(Method.objects.shown(), slug=slug)
    answer = HttpResponse(method_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="metode-{found.slug}.pdf"'
    return answer


def root(request: EmployeeRequest, slug: str) -> HttpResponse:
    """A line of theory, and the methods that stand on it."""
    found = get_object_or_404(Root.objects.shown(), slug=slug)
    others = Root.objects.shown().exclude(pk=found.pk)
    context = {
        "root": found,
        "others": others,
        "methods": found.methods.filter(live=True),
        "crumbs": crumbs(),
    }
    return render(request, "learning/root.html", context)


class RegisterTrial(DomainFormView):
    """Write what happened when one tried the method."""

    form_class = TrialForm
    template_name = "learning/register_trial.html"
    done = gettext_lazy("Thank you. It is shown once the project staff have read it.")
    method: Method

    def prepare(self) -> HttpResponseBase | None:
        self.method = get_object_or_404(Method.objects.shown(), slug=self.kwargs["slug"])
        return None

    def act(self, form: TrialForm) -> object:
        return register_trial(actor=self.employee, method=self.method, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.method.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(method=self.method, crumbs=crumbs(), **kwargs)


@no_store
def trials(request: EmployeeRequest) -> HttpResponse:
    """What waits to be read before it is shown."""
    waiting = MethodTrial.objects.filter(state=TrialState.WAITING).exclude(employee=request.user)
    context = {"trials": waiting.select_related("employee", "unit", "method"), "crumbs": crumbs()}
    return render(request, "learning/trials.html", context)


def decide(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Show it, or send it back with a reason."""
    trial = get_object_or_404(MethodTrial, pk=pk)
    form = DecisionForm(request.POST)
    show = request.POST.get("show") == "yes"
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    run_with_message(
        request,
        lambda: decide_trial(actor=request.user, trial=trial, show=show, reason=reason),
        _("It is shown on the method’s page now.") if show else _("It is sent back."),
    )
    return redirect("methods:trials")


def withdraw(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Take back what one wrote oneself."""
    trial = get_object_or_404(MethodTrial, pk=pk, employee=request.user)
    address = trial.method.get_absolute_url()
    run_with_message(
        request, lambda: withdraw_trial(actor=request.user, trial=trial), _("It is gone.")
    )
    return redirect(address)
