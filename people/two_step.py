"""The second step of the login: a code from a phone, or a recovery code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from privacy.limits import Limit, clock_of

# Per person: the password was right already.
WRONG_CODES = Limit("two_step.wrong", most=5, period=timedelta(minutes=15))
# Longer than a code from a phone holds; the library notes it in one process only.
USED_CODES = Limit("two_step.used", most=1, period=timedelta(minutes=5))


class CountedCode(forms.Form):
    """Counts wrong codes across all processes; a right one resets the count."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        attrs = self.fields["code"].widget.attrs
        attrs.pop("placeholder", None)
        attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code"})

    def clean_code(self) -> str:
        until = WRONG_CODES.count(self.user.pk)
        if until is not None:
            sentence = _("That was many wrong codes. Try again at %(time)s.")
            raise ValidationError(sentence % {"time": clock_of(until)})
        code: str = super().clean_code()  # type: ignore[misc]
        WRONG_CODES.forget(self.user.pk)
        return code


class OnceOnly(CountedCode, BaseAuthenticateForm):
    """A code from a phone is accepted once across all processes."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code = super().clean_code()
        is_from_phone = self.authenticator.type == Authenticator.Type.TOTP
        if is_from_phone and USED_CODES.count(f"{self.user.pk} {code}") is not None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class TwoStepCodeForm(OnceOnly, AuthenticateForm):
    """At the login."""


class TwoStepReauthenticateForm(OnceOnly, ReauthenticateForm):
    """Before something that matters."""


class ActivateForm(CountedCode, ActivateTOTPForm):
    """The first code, which shows that the phone has got it."""
