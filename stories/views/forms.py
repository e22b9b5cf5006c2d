"""What the views share about forms."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError


def place_errors(form: forms.Form, error: ValidationError) -> None:
    """Show a refusal of the domain beside the field it is about, else above the form."""
    texts = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, lines in texts.items():
        form.add_error(name if name in form.fields else None, lines)
