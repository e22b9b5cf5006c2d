"""The login library's forms in our words, asking our limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.login_limits import RESETS_FROM_CLIENT, RESETS_OF_ACCOUNT
from people.models import Employee
from people.tasks import mail_reset_link
from privacy.clients import client_address
from privacy.limits import clock_of

if TYPE_CHECKING:
    from django.http import HttpRequest

LABELS = {
    "login": gettext_lazy("User name or mail"),
    "email": gettext_lazy("Mail"),
    "password": gettext_lazy("Password"),
    "oldpassword": gettext_lazy("Your password now"),
    "password1": gettext_lazy("New password"),
    "password2": gettext_lazy("New password once more"),
}
NEW = ("password1",)  # the one that keeps its help: what a password has to be like


class OurWords(forms.Form):
    """Our labels, no placeholders, and help only where it helps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.widget.attrs.pop("placeholder", None)
            if name not in NEW:
                field.help_text = ""


class ShortLoginForm(OurWords, LoginForm):
    """Who and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update({"autocomplete": "username"})


class PasswordConfirmForm(OurWords, ReauthenticateForm):
    """The password once more, before something that matters."""


class PasswordChangeForm(OurWords, ChangePasswordForm):
    """An unlocked screen is no way to guess the password: it is counted as at the login."""

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class NewPasswordForm(OurWords, SetPasswordForm):
    """The first password of an account that has none."""


class ResetForm(OurWords, ResetPasswordKeyForm):
    """A new password, behind the link in the mail."""


class ForgottenForm(OurWords, ResetPasswordForm):
    """The answer and the work are the same whether or not there is such an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = _(
            "Write a mail address, such as name@municipality.dk."
        )

    def clean_email(self) -> str:
        until = RESETS_FROM_CLIENT.count(client_address(context.request))
        if until is not None:
            sentence = _("Many have asked for a new password from here. Try again at %(time)s.")
            raise ValidationError(sentence % {"time": clock_of(until)})
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address: str = self.cleaned_data["email"]
        account = Employee.objects.filter(email__iexact=address, is_active=True).first()
        if RESETS_OF_ACCOUNT.count(account.pk if account else address) is not None:
            account = None
        mail_reset_link.defer(employee_id=account.pk if account else 0)
        return address
