"""Forms of what is asked, seen and answered on a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from articles.models import Observation, TalkRequest
from articles.models.observations import LONGEST
from people.form_fields import date_field, lines
from privacy.fields import SafeTextFormField

if TYPE_CHECKING:
    from articles.queries.dilemmas import Dilemma

LONGEST_TALK = 480


class TalkRequestForm(forms.ModelForm):
    """What a contact needs to know before they can answer."""

    class Meta:
        model = TalkRequest
        fields = [
            "organisation", "topic", "suitable_days", "audience", "name", "email", "phone",
        ]  # fmt: skip
        widgets = {"topic": lines(4)}


class TalkAnswerForm(forms.Form):
    """Yes with a time, or no with a reason."""

    accepted = forms.TypedChoiceField(
        label=_("Can you come?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    day = date_field(_("Day"))
    time = forms.TimeField(
        label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TALK)],
    )
    location = SafeTextFormField(label=_("Where"), required=False, max_length=160)
    answer = SafeTextFormField(
        label=_("Your words to whoever asked"), required=False, max_length=1000, widget=lines(4)
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("accepted"):
            for name in ("day", "time", "minutes"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A yes needs a day, a time and a length."))
        return cleaned


class ObservationForm(forms.ModelForm):
    """What somebody saw, short and dated."""

    observed_on = date_field(_("When"), required=True)

    class Meta:
        model = Observation
        fields = ["text", "observed_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST})}


class DilemmaForm(forms.Form):
    """The position that one most agrees with, and perhaps why."""

    position = forms.ChoiceField(label=_("I most agree with"), widget=forms.RadioSelect)
    reason = SafeTextFormField(
        label=_("Why"),
        required=False,
        max_length=400,
        widget=lines(3),
        help_text=_("Shown without your name, and only once five have written a reason."),
    )

    def __init__(self, *args: Any, dilemma: Dilemma, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        assert isinstance(position, forms.ChoiceField)
        position.choices = [(str(known.key), known.text) for known in dilemma.positions]
