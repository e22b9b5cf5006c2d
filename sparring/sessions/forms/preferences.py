"""What somebody spars about and with whom: themes at heart, quiet exceptions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kb.models import ThemePage
from people.models import Employee
from privacy.fields import SafeTextFormField


class ThemesForm(forms.Form):
    """The themes somebody would like to be asked about."""

    theme_numbers = forms.TypedMultipleChoiceField(
        label=_("Themes you have at heart"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme_numbers"]
        assert isinstance(field, forms.ChoiceField)
        themes = ThemePage.objects.live().order_by("number")
        field.choices = list(themes.values_list("number", "nav_title"))


class ConflictForm(forms.Form):
    """A case or a colleague; why is not asked."""

    case_code = SafeTextFormField(
        label=_("Case code"),
        required=False,
        max_length=12,
        help_text=_("For instance FJ-0217. Nobody is told, not even whether the case exists."),
    )
    colleague = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Employee.objects.none(),
        required=False,
        empty_label=_("Choose …"),
    )

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["colleague"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Employee.objects.in_municipality(employee.municipality_id)
            .filter(is_active=True)
            .exclude(pk=employee.pk)
        )
