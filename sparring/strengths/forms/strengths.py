"""Forms of a citizen's strengths: the caseworker's, with sources, and the sheet filled in together.

They read what was typed; every rule is in the domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.form_fields import lines
from sparring.enums import StrengthSource
from sparring.models.strengths import LONGEST_STRENGTH, LONGEST_WAY
from sparring.shared.forms import CaseTextFormField
from sparring.strengths.domain.strengths import MOST_STRENGTHS, Noted
from sparring.strengths.starters import starter_texts, starters

if TYPE_CHECKING:
    from sparring.strengths.queries.strengths import Profile

EMPTY_LINES = 3
OWN_LINES = 3


def _way_fields(profile: Profile) -> dict[str, forms.Field]:
    return {
        "motivates": CaseTextFormField(
            label=_("What gets you going?"),
            max_length=LONGEST_WAY,
            required=False,
            initial=profile.motivates,
            widget=lines(2),
        ),
        "how_to_meet": CaseTextFormField(
            label=_("How is it best to meet you?"),
            max_length=LONGEST_WAY,
            required=False,
            initial=profile.how_to_meet,
            widget=lines(2),
        ),
    }


class StrengthsForm(forms.Form):
    """A line for each strength that is written, and three more; an empty line takes one out."""

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = profile.strengths
        self.lines = min(len(rows) + EMPTY_LINES, MOST_STRENGTHS)
        for index in range(self.lines):
            row = rows[index] if index < len(rows) else None
            number = index + 1
            self.fields[f"strength_{index}"] = CaseTextFormField(
                label=gettext("Strength %d") % number,
                max_length=LONGEST_STRENGTH,
                required=False,
                initial=row.text if row else "",
                widget=forms.TextInput(attrs={"list": "starters"}),
            )
            self.fields[f"source_{index}"] = forms.ChoiceField(
                label=gettext("Where strength %d comes from") % number,
                choices=StrengthSource.choices,
                initial=row.source if row else StrengthSource.SAID,
                required=False,
            )
        self.fields |= _way_fields(profile)
        self.fields["motivates"].label = _("What gets the citizen going?")
        self.fields["how_to_meet"].label = _("How is it best to meet the citizen?")

    @property
    def starters(self) -> list[str]:
        return starter_texts()

    @property
    def strengths(self) -> list[Noted]:
        typed = self.cleaned_data
        return [
            Noted(typed[f"strength_{index}"], typed[f"source_{index}"] or StrengthSource.UNSTATED)
            for index in range(self.lines)
        ]


class SheetForm(forms.Form):
    """The sheet on the screen: tick what fits, write what is missing, in the citizen's words."""

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (group.heading, [(text, text) for text in group.strengths]) for group in starters()
        ]
        for number, (heading, choices) in enumerate(groups):
            self.fields[f"fits_{number}"] = forms.MultipleChoiceField(
                label=heading,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for number in range(1, OWN_LINES + 1):
            self.fields[f"own_{number}"] = CaseTextFormField(
                label=gettext("In your own words, %d") % number,
                max_length=LONGEST_STRENGTH,
                required=False,
            )
        self.fields |= _way_fields(profile)

    @property
    def said(self) -> list[str]:
        """What was ticked, then what was written."""
        typed = self.cleaned_data
        ticked = [text for number in range(len(starters())) for text in typed[f"fits_{number}"]]
        return [*ticked, *(typed[f"own_{number}"] for number in range(1, OWN_LINES + 1))]
