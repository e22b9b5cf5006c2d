"""Forms for actions: planned, begun, ended."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeTextFormField
from sparring.enums import ActionKind, ActionOutcome, ChosenBecause

from .cases import date_field, lines

ENDS = [
    (ActionOutcome.COMPLETED.value, ActionOutcome.COMPLETED.label),
    (ActionOutcome.STOPPED.value, ActionOutcome.STOPPED.label),
]


class PlanActionForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind"), choices=[("", _("Choose")), *ActionKind.choices])
    what = SafeTextFormField(
        label=_("What exactly"),
        max_length=200,
        required=False,
        help_text=_("The trade, never the company's or anybody's name."),
    )
    planned_for = date_field(_("Begins"), help_text=_("The day it is planned for."))
    started_on = date_field(_("Or it has begun already"))
    deadline = date_field(_("By when"), help_text=_("With a deadline it is an agreement."))
    chosen_because = forms.ChoiceField(
        label=_("Chosen because"),
        choices=[("", _("Not chosen")), *ChosenBecause.choices],
        required=False,
    )


class StartActionForm(forms.Form):
    on = date_field(_("When did it begin?"), help_text=_("Today, when you leave it empty."))


class EndActionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How did it end?"), choices=ENDS, widget=forms.RadioSelect)
    on = date_field(_("When did it end?"), help_text=_("Today, when you leave it empty."))
    success_moment = SafeTextFormField(
        label=_("One thing that went well"),
        max_length=600,
        required=False,
        widget=lines(3),
        help_text=_("Also when it was stopped. Without names."),
    )
