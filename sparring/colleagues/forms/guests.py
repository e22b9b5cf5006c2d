"""Forms about guests from other municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Municipality

if TYPE_CHECKING:
    from django.db.models import QuerySet


class OfferAgreementForm(forms.Form):
    """Choose the municipality to which an agreement about guests is offered."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = municipalities


class AllowGuestForm(forms.Form):
    """Say whether a guest may come to the case's session; no until it is allowed."""

    allow = forms.TypedChoiceField(
        label=_("May a guest from another municipality come?"),
        coerce=lambda value: value == "yes",
        choices=[("no", _("No, colleagues from here only")), ("yes", _("Yes, a guest may come"))],
        widget=forms.RadioSelect,
    )
