"""The form of a municipality's thresholds: one field for each number, in groups by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renewal import DEFAULTS, Rule, Thresholds
from renewal.texts import label
from sparring.models.threshold_lookup import OWN_INTERVAL

NUMBERS: Mapping[str, Field[Any]] = {
    each.name: each for each in fields(Thresholds) if each.name != "enabled"
}
LABELS: Mapping[str, str | Promise] = {
    "soon_days": _("Days until a belief soon expires"),
    "very_old_days": _("Days until a belief is very old"),
    "highest_score": _("Points at most"),
    "urgent_score": _("Points from which it is urgent"),
    "high_score": _("Points from which it is high"),
    "ordinary_score": _("Points from which it is ordinary"),
    "rest_days": _("Days of rest after a talk"),
    "snooze_most_days": _("Days it can be put off at most"),
    "snooze_most_times": _("Times it can be put off"),
    "r4_value": _("Belief of at least"),
    "r8_value": _("Belief of at most"),
    "r9_value": _("Belief of at least"),
    "days": pgettext_lazy("threshold", "Days"),
    "months": pgettext_lazy("threshold", "Months"),
    "points": pgettext_lazy("threshold", "Points"),
    "step_days": _("Days until it counts more"),
    "step_points": _("Points more each time"),
    "most_points": _("Points at most"),
    "fall": _("Steps fallen"),
    "deep_fall": _("Steps of a deep fall"),
    "deep_points": _("Points for a deep fall"),
    "gap": _("Steps apart"),
    "wide_gap": _("Steps far apart"),
    "wide_points": _("Points when far apart"),
    "citizen_higher_points": _("Points more when the citizen is higher"),
    "long_months": _("Months until it counts more"),
    "long_points": _("Points then"),
    "times": _("Times the same"),
    "likeness_percent": _("How alike two reasons are, in per cent"),
    "urgent_days": _("Days over before it is urgent"),
    "actions": _("Actions in a row"),
}
GENERAL = (
    (_("How long a belief lasts"), ("soon_days", "very_old_days")),
    (_("Bands"), ("urgent_score", "high_score", "ordinary_score", "highest_score")),
    (_("Held back"), ("rest_days", "snooze_most_days", "snooze_most_times")),
)


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading."""

    heading: str
    fields: list[forms.BoundField]


class ThresholdsForm(forms.Form):
    """Every number with its usual value beside it. `values` is what the domain stores."""

    def __init__(self, *args: Any, stored: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Thresholds.from_dict(stored)
        for rule in Rule:
            self.fields[_switch(rule)] = forms.BooleanField(
                label=_("In use"), required=False, initial=rule.value in now.enabled
            )
        for name, each in NUMBERS.items():
            self.fields[name] = _number(name, each, getattr(now, name))
        own = self.fields[OWN_INTERVAL]
        own.required, own.initial = False, stored.get(OWN_INTERVAL)
        own.help_text = _("Empty: each unit's own interval.")

    @property
    def groups(self) -> Iterator[Group]:
        for heading, names in GENERAL:
            yield Group(str(heading), [self[name] for name in names])
        for rule in Rule:
            prefix = f"{rule.value.lower()}_"
            numbers = [name for name in NUMBERS if name.startswith(prefix)]
            own = [self[_switch(rule)], *(self[name] for name in numbers)]
            yield Group(f"{rule.value} {label(rule.value)}", own)

    @property
    def values(self) -> dict[str, Any]:
        """The numbers that were typed; the interval only where there is one for all units."""
        typed = {
            name: self.cleaned_data[name]
            for name in NUMBERS
            if self.cleaned_data.get(name) is not None
        }
        on = [rule.value for rule in Rule if self.cleaned_data[_switch(rule)]]
        return {**typed, "enabled": on}

    def show(self, error: ValidationError) -> None:
        """Show what the domain refused at the fields it concerns."""
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def _switch(rule: Rule) -> str:
    return f"{rule.value.lower()}_on"


def _number(name: str, field: Field[Any], value: int) -> forms.IntegerField:
    low, high = field.metadata["low"], field.metadata["high"]
    usual = {"usual": getattr(DEFAULTS, name), "low": low, "high": high}
    return forms.IntegerField(
        label=str(LABELS.get(name) or LABELS[name.split("_", 1)[1]]),
        min_value=low,
        max_value=high,
        initial=value,
        help_text=gettext("Usually %(usual)d; %(low)d to %(high)d.") % usual,
    )
