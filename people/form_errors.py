"""Shows the ValidationError of a domain function in the form, or as a message on the next page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest
    from django.utils.functional import Promise

NO_NAMES: Mapping[str, str] = {}


def show_errors(
    form: forms.Form, error: ValidationError, names: Mapping[str, str] = NO_NAMES
) -> None:
    """Add the error to the form's fields, or to the form where it concerns no field.

    `names` maps the domain's field names to the form's, where they differ.
    """
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        candidates = (name, names.get(name))
        known = next((candidate for candidate in candidates if candidate in form.fields), None)
        form.add_error(known, errors)


def submit_to_domain(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Call `verb` if the form is valid and add its errors to the form; True if it succeeded."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        show_errors(form, error)
        return False
    return True


def run_with_message(
    request: HttpRequest, verb: Callable[[], object], done: str | Promise = ""
) -> bool:
    """Call `verb`, then show the message `done`, if any, or its errors; True if it succeeded."""
    try:
        verb()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    if done:
        messages.success(request, str(done))
    return True
