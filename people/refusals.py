"""What the domain refuses, shown on the page that asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise

NO_NAMES: Mapping[str, str] = {}


def show_errors(
    form: forms.Form, error: ValidationError, names: Mapping[str, str] = NO_NAMES
) -> None:
    """Put a refusal on the fields it is about, or above the form.

    `names`: the domain's names of fields that the form calls something else.
    """
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = next((each for each in (name, names.get(name)) if each in form.fields), None)
        form.add_error(known, errors)


def taken(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Whether the form was in order and the domain did `verb`; what it refuses is on the form."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        show_errors(form, error)
        return False
    return True


def told(request: HttpRequest, verb: Callable[[], object], done: str | Promise) -> bool:
    """Do `verb` and say that it is done, or why it is refused; whether it was done."""
    try:
        verb()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, str(done))
    return True
