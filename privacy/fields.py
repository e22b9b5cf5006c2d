"""Fields for free text, which refuse CPR numbers."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .anonymity import contains_cpr


def refuse_cpr(value: str) -> None:
    """Raise ValidationError where `value` holds a CPR number in any writing."""
    if value and contains_cpr(value):
        raise ValidationError(
            _("This looks like a CPR number. Remove it: nobody needs it here."), code="cpr"
        )


class SafeTextField(models.TextField):
    """Text in the database that was checked for CPR numbers on its way in."""

    default_validators = [refuse_cpr]


class SafeCharField(models.CharField):
    """The same for one line."""

    default_validators = [refuse_cpr]


class SafeTextFormField(forms.CharField):
    """The same for a form field with no model behind it."""

    default_validators = [refuse_cpr]
