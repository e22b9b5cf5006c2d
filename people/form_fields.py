"""Fields and forms that several apps use alike."""

from __future__ import annotations

from typing import Any

from django import forms


def date_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def date_field(label: Any, *, required: bool = False, **more: Any) -> forms.DateField:
    """A date by the browser's own calendar."""
    return forms.DateField(label=label, required=required, widget=date_input(), **more)


def lines(rows: int) -> forms.Textarea:
    """A text area of that many lines."""
    return forms.Textarea(attrs={"rows": rows})


class ConfirmForm(forms.Form):
    """Nothing to fill in: a button of its own page."""
