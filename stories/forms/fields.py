"""Fields that the forms of stories share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_fields import lines
from privacy.fields import SafeTextFormField

NO_ANSWER = ("", _("Choose"))


def text(
    label: Any, *, longest: int, help_text: Any = "", rows: int = 0, required: bool = False
) -> SafeTextFormField:
    """One line, or `rows` lines; not required by itself, since a draft may be half done."""
    widget = lines(rows) if rows else forms.TextInput()
    return SafeTextFormField(
        label=label, max_length=longest, help_text=help_text, required=required, widget=widget
    )


def choice(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    """A list with "Choose" on top."""
    return forms.ChoiceField(
        label=label, choices=[NO_ANSWER, *choices], help_text=help_text, required=False
    )


def ticked(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Boxes to tick."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def belief(label: Any) -> forms.TypedChoiceField:
    """0–10, or nothing."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "–"), *((step, str(step)) for step in range(11))],
        coerce=int,
        empty_value=None,
        required=False,
    )


def share(label: Any) -> forms.IntegerField:
    """A share of 100."""
    return forms.IntegerField(label=label, min_value=0, max_value=100, required=False)
