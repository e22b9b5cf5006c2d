"""The form of a municipality's thresholds: one field for each number, in groups by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renewal import DEFAULTS, RULES, Thresholds
from sparring.models.threshold_lookup import OWN_INTERVAL

NUMBERS: Mapping[str, Field[Any]] = {
    limit.name: limit for limit in fields(Thresholds) if limit.name != "enabled"
}
GENERAL = (
    (_("How long a belief lasts"), ("soon_days", "very_old_days")),
    (_("Bands"), ("urgent_score", "high_score", "ordinary_score", "highest_score")),
    (_("Held back"), ("rest_days", "snooze_most_days", "snooze_most_times")),
)


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading; `anchor` is the heading's id."""

    anchor: str
    heading: str
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class Difference:
    """One number, or a rule's switch, before and after; an empty text where each unit decides."""

    label: str
    before: str
    after: str


class ThresholdsForm(forms.Form):
    """Every number with its usual value beside it. `values` is what the domain stores."""

    def __init__(
        self, *args: Any, stored: Mapping[str, Any], read_only: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        now = Thresholds.from_dict(stored)
        for code in RULES:
            self.fields[_switch(code)] = forms.BooleanField(
                label=_("In use"), required=False, initial=code in now.enabled
            )
        for name, limit in NUMBERS.items():
            self.fields[name] = _number(name, limit, getattr(now, name))
        own = self.fields[OWN_INTERVAL]
        own.required, own.initial = False, stored.get(OWN_INTERVAL)
        own.help_text = _("Empty: each unit's own interval.")
        for field in self.fields.values():
            field.disabled = read_only

    @property
    def groups(self) -> Iterator[Group]:
        for heading, names in GENERAL:
            yield Group(names[0], str(heading), [self[name] for name in names])
        for code, rule in RULES.items():
            own = [self[_switch(code)], *(self[limit.name] for limit in fields(rule.limits))]
            yield Group(str(code), f"{code} {rule.label}", own)

    @property
    def values(self) -> dict[str, Any]:
        """The numbers that were typed; the interval only where there is one for all units."""
        typed = {
            name: self.cleaned_data[name]
            for name in NUMBERS
            if self.cleaned_data.get(name) is not None
        }
        on = [str(code) for code in RULES if self.cleaned_data[_switch(code)]]
        return {**typed, "enabled": on}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two sets of stored numbers, in the order of the form."""
    old, new = Thresholds.from_dict(before), Thresholds.from_dict(after)
    found = [
        Difference(
            gettext("%(rule)s in use") % {"rule": f"{code} {rule.label}"},
            _yes_no(code in old.enabled),
            _yes_no(code in new.enabled),
        )
        for code, rule in RULES.items()
    ]
    for name, limit in NUMBERS.items():
        label = str(limit.metadata["label"])
        code = name.split("_", maxsplit=1)[0].upper()
        found.append(
            Difference(
                f"{code} {label}" if code in RULES else label,
                _shown(name, before, old),
                _shown(name, after, new),
            )
        )
    return [difference for difference in found if difference.before != difference.after]


def _yes_no(value: bool) -> str:
    return gettext("yes") if value else gettext("no")


def _shown(name: str, stored: Mapping[str, Any], numbers: Thresholds) -> str:
    if name == OWN_INTERVAL and name not in stored:
        return gettext("each unit's own")
    return str(getattr(numbers, name))


def _switch(code: str) -> str:
    return f"{code.lower()}_on"


def _number(name: str, field: Field[Any], value: int) -> forms.IntegerField:
    low, high = field.metadata["low"], field.metadata["high"]
    usual = {"usual": getattr(DEFAULTS, name), "low": low, "high": high}
    return forms.IntegerField(
        label=str(field.metadata["label"]),
        min_value=low,
        max_value=high,
        initial=value,
        help_text=gettext("Usually %(usual)d; %(low)d to %(high)d.") % usual,
    )
