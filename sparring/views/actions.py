"""Pages for actions: plan, begin, end, and saying that an agreement was kept."""

from __future__ import annotations

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from sparring.domain.actions import end_action, mark_agreement_done, plan_action, start_action
from sparring.forms.actions import EndActionForm, PlanActionForm, StartActionForm
from sparring.forms.cases import ConfirmForm
from sparring.models import Action

from .verbs import CaseVerbView


class PlanAction(CaseVerbView):
    form_class = PlanActionForm
    heading = _("Plan an action")
    lead = _("One thing, small enough to begin. It may go on beside others.")
    submit = _("Save the action")
    done = _("The action is saved.")

    def act(self, form: forms.Form) -> object:
        return plan_action(case=self.case, actor=self.employee, **form.cleaned_data)


class ActionVerbView(CaseVerbView):
    """A verb on one action: its case's owner's, or the responsible person's who sees the case."""

    def may(self) -> bool:
        return self.employee.pk in (self.case.owner_id, self.action().responsible_id)

    def action(self) -> Action:
        return get_object_or_404(self.case.actions, pk=self.kwargs["pk"])


class StartAction(ActionVerbView):
    form_class = StartActionForm
    heading = _("It has begun")
    submit = _("Save")
    done = _("Good: it has begun.")

    def act(self, form: forms.Form) -> object:
        return start_action(action=self.action(), actor=self.employee, **form.cleaned_data)


class EndAction(ActionVerbView):
    form_class = EndActionForm
    heading = _("It is over")
    lead = _("Also what was stopped has taught you something.")
    submit = _("Save")
    done = _("The action is over.")

    def act(self, form: forms.Form) -> object:
        return end_action(action=self.action(), actor=self.employee, **form.cleaned_data)


class AgreementDone(ActionVerbView):
    form_class = ConfirmForm
    heading = _("Is the agreement kept?")
    submit = _("Yes, it is done")
    done = _("The agreement is kept.")

    def act(self, form: forms.Form) -> object:
        return mark_agreement_done(action=self.action(), actor=self.employee)
