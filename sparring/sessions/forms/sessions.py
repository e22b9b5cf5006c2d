"""Forms of the session.

They parse and help; every rule is the domain's (sparring/sessions/domain).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.form_fields import date_field, lines
from people.models import Employee
from sparring.beliefs.forms.choices import (
    BesideField,
    OfferField,
    chosen_because_field,
    chosen_words_field,
    kind_choices,
    prepare,
)
from sparring.beliefs.queries.offers import open_actions
from sparring.enums import ActionDone, StopReason
from sparring.sessions.domain.outcomes import FIRST_STEP_WITHIN, FOLLOW_UP_AFTER, Agreement
from sparring.shared.forms import AsksAboutStored, CaseTextFormField

if TYPE_CHECKING:
    from sparring.models import Case

SCALE = [(step, str(step)) for step in range(11)]


def _scale(label: Any, *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=required,
        coerce=int,
        empty_value=None,
        choices=SCALE,
        widget=forms.RadioSelect(attrs={"data-belief": ""}),
    )


class KeyQuestionForm(forms.Form):
    """What whoever brings the case wants help to see."""

    key_question = CaseTextFormField(
        label=_("Key question"),
        help_text=_("One question, so that your colleagues know what to look for."),
        max_length=140,
        widget=forms.TextInput,
    )


class BidForm(forms.Form):
    """A blind bid."""

    value = _scale(_("How likely is it that the citizen is in a job or education in 12 months?"))
    because = CaseTextFormField(
        label=_("Which one thing is it built on?"), max_length=300, widget=forms.TextInput
    )


class IdeaForm(forms.Form):
    """One idea of the round."""

    text = CaseTextFormField(label=_("Your idea"), max_length=300, widget=forms.TextInput)
    anonymous = forms.BooleanField(label=_("Without my name"), required=False)
    sent_as = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, named: bool = False, **kwargs: Any) -> None:
        """named: whoever brings the case has the first word, and not without their name."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sent_as", uuid4())
        if named:
            del self.fields["anonymous"]


class StopForm(forms.Form):
    """The red card."""

    reason = forms.ChoiceField(
        label=_("Why do we stop?"), choices=StopReason.choices, widget=forms.RadioSelect
    )


class ClosingForm(AsksAboutStored):
    """Step 8: all of it, or the session stays open (docs/domain.md B4)."""

    # What is said beside a field that was left empty.
    when_empty: ClassVar[dict[str, Any]] = {
        "value": _("Choose your number now, from 0 to 10."),
        "because": _("Write why the number is as it is."),
        "kind": _("Choose what kind of action you agree on."),
        "what": _("Write what you will do."),
        "responsible": _("Choose who does it."),
        "first_step_on": _("Choose the day of the first step."),
        "deadline": _("Choose the day by which it is done."),
        "citizen_told": _("Write what the citizen is told."),
        "citizen_told_on": _("Choose the day on which the citizen is told."),
        "follow_up_on": _("Choose the day on which you follow up."),
    }

    value = _scale(_("Your number now"))
    because = CaseTextFormField(
        label=_("Because"),
        help_text=_("Write so that the citizen can read along. Up, down or the same: all good."),
        max_length=600,
        widget=lines(2),
    )
    kind = forms.ChoiceField(label=_("What kind of action?"), choices=kind_choices)
    offer = OfferField()
    what = CaseTextFormField(
        label=_("What do you do?"),
        help_text=_("One action, small enough to begin."),
        max_length=200,
        widget=forms.TextInput,
    )
    responsible = forms.Field(label=_("Who?"))
    first_step_on = date_field(_("First step"), required=True, help_text=_("Within 14 days."))
    deadline = date_field(_("Done by"), required=True)
    parallel_with = BesideField()
    chosen_because = chosen_because_field()
    chosen_words = chosen_words_field()
    citizen_told = CaseTextFormField(
        label=_("What is the citizen told?"),
        help_text=_("In the words you will use."),
        max_length=600,
        widget=lines(2),
    )
    citizen_told_on = date_field(_("When is it said?"), required=True)
    follow_up_on = date_field(_("When do you follow up?"), required=True)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Employee],
        case: Case,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        prepare(self, open_actions(case))
        among = Employee.objects.filter(pk__in=[person.pk for person in people])
        self.fields["responsible"] = forms.ModelChoiceField(
            label=_("Who?"), queryset=among, empty_label=None
        )
        for name, text in self.when_empty.items():
            self.fields[name].error_messages["required"] = text

    @staticmethod
    def suggestions(owner: Employee) -> dict[str, Any]:
        """What the form begins with: whoever brought the case, and dates that fit most sessions."""
        today = timezone.localdate()
        return {
            "responsible": owner.pk,
            "first_step_on": today + timedelta(days=7),
            "deadline": today + FIRST_STEP_WITHIN,
            "citizen_told_on": today + timedelta(days=7),
            "follow_up_on": today + FOLLOW_UP_AFTER,
        }

    def agreement(self) -> Agreement:
        """What was typed, for the domain to judge."""
        return Agreement(**self.cleaned_data)


class FollowUpForm(forms.Form):
    """Answer a follow-up: whether the agreed action was done."""

    action_done = forms.ChoiceField(
        label=_("Was it done?"), choices=ActionDone.choices, widget=forms.RadioSelect
    )
    note = CaseTextFormField(
        label=_("What happened?"),
        help_text=_("One or two sentences. Needed when it was not done."),
        max_length=600,
        required=False,
        widget=lines(2),
    )
    citizen_reaction = CaseTextFormField(
        label=_("What did the citizen say to it?"),
        help_text=_("In the citizen's own words, without names."),
        max_length=600,
        required=False,
        widget=lines(2),
    )
    value = _scale(_("Your belief again?"), required=False)
    because = CaseTextFormField(
        label=_("Because"),
        help_text=_("Only with a new number."),
        max_length=600,
        required=False,
        widget=lines(2),
    )
    next_step = CaseTextFormField(
        label=_("What happens next?"), max_length=200, required=False, widget=forms.TextInput
    )

    def __init__(self, *args: Any, owns: bool, **kwargs: Any) -> None:
        """Whoever was responsible but does not have the case gives no belief."""
        super().__init__(*args, **kwargs)
        if not owns:
            del self.fields["value"], self.fields["because"]


class DropForm(forms.Form):
    """Nobody will follow up."""

    dropped_because = CaseTextFormField(
        label=_("Why is there nothing to follow up?"), max_length=200, widget=forms.TextInput
    )
