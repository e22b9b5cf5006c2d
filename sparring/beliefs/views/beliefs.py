"""Pages for beliefs: register one's own and the citizen's, confirm, correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sparring.beliefs.domain.beliefs import correct_belief, reaffirm_belief, register_belief
from sparring.beliefs.forms.beliefs import (
    STEPS,
    BeliefForm,
    CitizenBeliefForm,
    CorrectForm,
    ReaffirmForm,
)
from sparring.beliefs.queries.needs import waiting_for_own_bid
from sparring.beliefs.queries.step_meanings import base_rate, step_meanings
from sparring.enums import ByRole

from .case_form_view import CaseFormView

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet

    from sparring.models import Belief, Case


class OwnBelief(CaseFormView):
    """A bid of one's own; a second button saves it and opens the next case that waits for one."""

    template_name = "sparring/cases/belief_form.html"

    def others(self) -> QuerySet[Case]:
        """The cases that wait besides this one."""
        return waiting_for_own_bid(self.employee).exclude(pk=self.case.pk)

    def get_success_url(self) -> str:
        if "next" in self.request.POST:
            following = self.others().first()
            if following is not None:
                return reverse("sparring:belief_register", args=[following.code])
            messages.success(self.request, _("That was the last one."))
            return reverse("sparring:case_list")
        return super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case_url = reverse("sparring:case_detail", args=[self.case.code])
        return super().get_context_data(others=self.others().count(), **kwargs) | {"back": case_url}


class RegisterBelief(OwnBelief):
    """Register the caseworker's own belief about the case."""

    form_class = BeliefForm
    heading = _("Your belief today")
    lead = _("Your own bid, and what you build it on. Down is as good an answer as up.")
    submit = _("Save the belief")
    done = _("Your belief is saved.")

    def act(self, form: forms.Form) -> object:
        return register_belief(case=self.case, actor=self.employee, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notes = step_meanings(self.case.unit)
        base = None if len(notes) == len(STEPS) else base_rate()
        return super().get_context_data(notes=notes, base=base, **kwargs)


class RegisterCitizenBelief(CaseFormView):
    """Register what the citizen believes, told to the caseworker."""

    form_class = CitizenBeliefForm
    heading = _("What the citizen believes")
    lead = _("Ask, and write the answer in the citizen's own words.")
    submit = _("Save the citizen's belief")
    done = _("The citizen's belief is saved.")

    def act(self, form: forms.Form) -> object:
        return register_belief(
            case=self.case, actor=self.employee, by_role=ByRole.CITIZEN, **form.cleaned_data
        )


class ReaffirmBelief(OwnBelief):
    """Confirm the latest belief with the same value and a new reason."""

    form_class = ReaffirmForm
    heading = _("Is it still the same?")
    lead = _("The same number for a new reason. Has it moved, then give a new bid instead.")
    submit = _("Confirm the belief")
    done = _("Your belief is confirmed.")

    def act(self, form: forms.Form) -> object:
        return reaffirm_belief(case=self.case, actor=self.employee, **form.cleaned_data)


class CorrectBelief(CaseFormView):
    """Correct one of the employee's own beliefs; another person's is 404."""

    form_class = CorrectForm
    heading = _("Put a slip right")
    lead = _("The old row stays in the record. If you have changed your mind, give a new bid.")
    submit = _("Save the correction")
    done = _("The belief is corrected.")

    def belief(self) -> Belief:
        return get_object_or_404(
            self.case.beliefs.filter(by_employee=self.employee), pk=self.kwargs["pk"]
        )

    def get_initial(self) -> dict[str, Any]:
        belief = self.belief()
        return {"value": belief.value, "because": belief.because}

    def act(self, form: forms.Form) -> object:
        return correct_belief(belief=self.belief(), actor=self.employee, **form.cleaned_data)
