"""Forms for a belief: one's own, the citizen's, a confirmation, a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_fields import lines
from sparring.enums import ContactForm, Evidence
from sparring.shared.forms import CaseTextFormField

STEPS = [(step, str(step)) for step in range(11)]
REASON = 600


def belief_field(label: Any) -> forms.TypedChoiceField:
    """The question on the scale 0–10 with words (docs/domain.md B3)."""
    return forms.TypedChoiceField(
        label=label, coerce=int, choices=STEPS, widget=forms.RadioSelect(attrs={"data-belief": ""})
    )


class BeliefForm(forms.Form):
    """Register the caseworker's own belief, 0 to 10, with its reason."""

    value = belief_field(
        _(
            "How likely is it that the citizen is in an ordinary job or in education in 12 months, "
            "when you look at what you know today?"
        )
    )
    because = CaseTextFormField(
        label=_("Because …"),
        max_length=REASON,
        widget=lines(3),
        help_text=_("One sentence at least. Write so that the citizen can read along."),
    )
    evidence = forms.MultipleChoiceField(
        label=_("What do you build it on?"),
        choices=Evidence.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact_form = forms.ChoiceField(
        label=_("How did you talk last?"),
        choices=[("", _("Not chosen")), *ContactForm.choices],
        required=False,
    )


class CitizenBeliefForm(forms.Form):
    """Register the citizen's belief, 0 to 10, in the citizen's own words."""

    value = belief_field(
        _("How much do you yourself believe that you are in a job or in education in a year?")
    )
    because = CaseTextFormField(
        label=_("In the citizen's own words"),
        max_length=REASON,
        widget=lines(3),
        help_text=_("Write what was said, without names."),
    )
    contact_form = forms.ChoiceField(
        label=_("How did you talk?"),
        choices=[("", _("Not chosen")), *ContactForm.choices],
        required=False,
    )


class ReaffirmForm(forms.Form):
    """Confirm the latest belief with the same value and a new reason."""

    because = CaseTextFormField(
        label=_("Why is it still the same?"),
        max_length=REASON,
        widget=lines(3),
        help_text=_("One new sentence. A number said again for a new reason is a new bid."),
    )


class CorrectForm(forms.Form):
    """Correct a mistake in a registered belief; the old row is kept."""

    value = belief_field(_("What did you mean to write?"))
    because = CaseTextFormField(label=_("Because …"), max_length=REASON, widget=lines(3))
