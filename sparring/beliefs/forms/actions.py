"""Forms for actions: planned, begun, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field, lines
from sparring.beliefs.queries.offers import open_actions
from sparring.enums import ActionOutcome
from sparring.shared.forms import CaseTextFormField

from .choices import (
    BesideField,
    OfferField,
    chosen_because_field,
    chosen_words_field,
    kind_choices,
    prepare,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sparring.models import Action, Case

ENDS = [
    (ActionOutcome.COMPLETED.value, ActionOutcome.COMPLETED.label),
    (ActionOutcome.STOPPED.value, ActionOutcome.STOPPED.label),
]


class PlanActionForm(forms.Form):
    """Plan an action on a case, or record one that has begun already."""

    kind = forms.ChoiceField(label=_("What kind"), choices=kind_choices)
    offer = OfferField()
    what = CaseTextFormField(
        label=_("What exactly"),
        max_length=200,
        required=False,
        help_text=_("The trade, never the company's or anybody's name."),
    )
    planned_for = date_field(_("Begins"), help_text=_("The day it is planned for."))
    started_on = date_field(_("Or it has begun already"))
    deadline = date_field(_("By when"), help_text=_("With a deadline it is an agreement."))
    parallel_with = BesideField()
    chosen_because = chosen_because_field()
    chosen_words = chosen_words_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare(self, open_actions(case))


class BesideForm(forms.Form):
    """Which of the case's other actions one goes on beside."""

    parallel_with = BesideField()

    def __init__(self, *args: Any, others: QuerySet[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare(self, others)


class SuccessForm(forms.Form):
    """One thing that went well."""

    moment = CaseTextFormField(
        label=_("What went well?"),
        max_length=600,
        widget=lines(3),
        help_text=_("One moment, as small as it was. Without names."),
    )


class StartActionForm(forms.Form):
    """Say on which day a planned action began; today when the day is left empty."""

    on = date_field(_("When did it begin?"), help_text=_("Today, when you leave it empty."))


class EndActionForm(forms.Form):
    """Say how and when an action ended, and what went well in it."""

    outcome = forms.ChoiceField(label=_("How did it end?"), choices=ENDS, widget=forms.RadioSelect)
    on = date_field(_("When did it end?"), help_text=_("Today, when you leave it empty."))
    success_moment = CaseTextFormField(
        label=_("One thing that went well"),
        max_length=600,
        required=False,
        widget=lines(3),
        help_text=_("Also when it was stopped. Without names."),
    )
