"""The room's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.admin.documents import check_content
from learning.models import Module
from people.form_fields import date_field, lines
from people.models import Employee
from privacy.fields import SafeTextFormField

LARGEST_COPY = 5 * 1024 * 1024


class TrialForm(forms.Form):
    """What happened when somebody tried a method."""

    tried_on = date_field(_("When did you try it?"), required=True)
    what_happened = SafeTextFormField(
        label=_("What happened?"),
        max_length=1500,
        widget=lines(5),
        help_text=_("Write nothing that a citizen could be recognised by."),
    )
    adapted = SafeTextFormField(
        label=_("What did you do differently from the card?"),
        max_length=1500,
        required=False,
        widget=lines(3),
    )
    show_name = forms.BooleanField(
        label=_("Show my name, not only my unit"), required=False, initial=False
    )


class DecisionForm(forms.Form):
    """Why a trial is sent back."""

    reason = SafeTextFormField(label=_("Why is it sent back?"), max_length=200, required=False)


class EmployeeForm(forms.Form):
    """Somebody of a municipality."""

    employee = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Employee.objects.none(),
        error_messages={
            "invalid_choice": _(
                "The person does not work here any more. What was passed before stays; nothing "
                "new is added."
            )
        },
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["employee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues


class PassForm(EmployeeForm):
    """Who passed which module when."""

    module = forms.ModelChoiceField(label=_("Module"), queryset=Module.objects.shown())
    passed_on = date_field(_("Passed on"), required=True, initial=timezone.localdate)


class ExternalForm(forms.Form):
    """A certificate from elsewhere, with the paper itself."""

    title = SafeTextFormField(label=_("What is the certificate in?"), max_length=200)
    issuer = SafeTextFormField(label=_("Who gave it?"), max_length=160)
    issued_on = date_field(_("Given on"), required=True)
    expires_on = date_field(_("Valid until"), help_text=_("Leave it empty when it holds for good."))
    copy = forms.FileField(
        label=_("A copy of it (pdf)"),
        required=False,
        help_text=_(
            "At most 5 MB, with its text in it. Seen by the holder and the coordinator only. "
            "No CPR number may stand in it."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_copy(self) -> bytes:
        """The checked bytes: what cannot be read whole is refused, as in the library."""
        file = self.cleaned_data["copy"]
        if not file:
            return b""
        if file.size > LARGEST_COPY:
            raise forms.ValidationError(_("The file is larger than 5 MB."), code="size")
        content: bytes = file.read()
        if not content.startswith(b"%PDF-"):
            raise forms.ValidationError(_("Save it as pdf, and choose it again."), code="type")
        check_content(content, file.name)
        return content


class ExternalForOtherForm(EmployeeForm, ExternalForm):
    """The same, for a colleague."""

    field_order = ["employee"]


class RevokeForm(forms.Form):
    """Why a certificate does not hold any more."""

    reason = SafeTextFormField(label=_("Why is it revoked?"), max_length=200)
