"""Pages for actions: plan, begin, end, and saying that an agreement was kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from people.form_fields import ConfirmForm
from sparring.beliefs.domain.actions import (
    end_action,
    mark_agreement_done,
    mark_parallel,
    plan_action,
    report_success,
    start_action,
)
from sparring.beliefs.forms.actions import (
    BesideForm,
    EndActionForm,
    PlanActionForm,
    StartActionForm,
    SuccessForm,
)
from sparring.beliefs.queries.actions import actions_of
from sparring.beliefs.queries.offers import closed_offers

from .case_form_view import CaseFormView

if TYPE_CHECKING:
    from django import forms

    from sparring.models import Action


class PlanAction(CaseFormView):
    """Plan an action on the case, or record one that has begun."""

    form_class = PlanActionForm
    template_name = "sparring/cases/action_form.html"
    heading = _("Plan an action")
    lead = _("One thing, small enough to begin. It may go on beside others.")
    submit = _("Save the action")
    done = _("The action is saved.")

    def act(self, form: forms.Form) -> object:
        return plan_action(case=self.case, actor=self.employee, **form.cleaned_data)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "case": self.case}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(closed_offers=closed_offers(), **kwargs)


class ActionFormView(CaseFormView):
    """A verb on one action: its case's owner's, or the responsible person's who sees the case."""

    def may(self) -> bool:
        return actions_of(self.employee).filter(pk=self.action.pk).exists()

    @cached_property
    def action(self) -> Action:
        return get_object_or_404(self.case.actions, pk=self.kwargs["pk"])


class StartAction(ActionFormView):
    """Record the day on which a planned action began."""

    form_class = StartActionForm
    heading = _("It has begun")
    submit = _("Save")
    done = _("Good: it has begun.")

    def act(self, form: forms.Form) -> object:
        return start_action(action=self.action, actor=self.employee, **form.cleaned_data)


class EndAction(ActionFormView):
    """Record that an action was completed or stopped."""

    form_class = EndActionForm
    heading = _("It is over")
    lead = _("Also what was stopped has taught you something.")
    submit = _("Save")
    done = _("The action is over.")

    def act(self, form: forms.Form) -> object:
        return end_action(action=self.action, actor=self.employee, **form.cleaned_data)


class AgreementDone(ActionFormView):
    """Record that the agreement behind an action was kept."""

    form_class = ConfirmForm
    heading = _("Is the agreement kept?")
    submit = _("Yes, it is done")
    done = _("The agreement is kept.")

    def act(self, form: forms.Form) -> object:
        return mark_agreement_done(action=self.action, actor=self.employee)


class ReportSuccess(ActionFormView):
    """Write down something that went well in an action."""

    form_class = SuccessForm
    heading = _("Something went well")
    lead = _("A success at a workplace is a result, also when the rest did not succeed.")
    submit = _("Save")
    done = _("Good. It is kept as a result.")

    def get_initial(self) -> dict[str, Any]:
        return {"moment": self.action.success_moment}

    def act(self, form: forms.Form) -> object:
        return report_success(
            action=self.action, actor=self.employee, moment=form.cleaned_data["moment"]
        )


class MarkParallel(ActionFormView):
    """Choose which of the case's other actions go on at the same time."""

    form_class = BesideForm
    heading = _("What does it go on beside?")
    lead = _("What happens at the same time gets people further than one thing after another.")
    submit = _("Save")
    done = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        others = self.case.actions.exclude(pk=self.action.pk)
        return {**super().get_form_kwargs(), "others": others}

    def get_initial(self) -> dict[str, Any]:
        return {"parallel_with": list(self.action.parallel_with.all())}

    def act(self, form: forms.Form) -> object:
        others = form.cleaned_data.get("parallel_with", ())
        return mark_parallel(action=self.action, actor=self.employee, others=list(others))
