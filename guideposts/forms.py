"""The form of a municipality's own guideposts: a few groups of fields, and the employment plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kb.models import EmploymentPlan, Guidepost, MunicipalGuidepost
from people.form_fields import lines
from privacy.fields import SafeTextFormField

from .domain import MOST_GUIDEPOSTS, LinkedPlan, OwnGuidepost

PARTS = ("title", "text", "question", "says")
PLAN_PARTS = ("plan_title", "plan_link", "plan_year")
NEEDED = _("Write this too, or leave all of it empty.")


class Group(NamedTuple):
    """Fields that belong together, under a heading."""

    heading: str
    fields: list[forms.BoundField]


class GuidepostsForm(forms.Form):
    """All of a municipality's guideposts; a group that is left empty is no guidepost."""

    def __init__(
        self,
        *args: Any,
        own: Sequence[MunicipalGuidepost],
        plan: EmploymentPlan | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_GUIDEPOSTS + 1):
            row = own[number - 1] if number <= len(own) else None
            self._add_group(number, row)
        self._add_plan(plan)

    def _add_group(self, number: int, row: MunicipalGuidepost | None) -> None:
        fields: dict[str, forms.Field] = {
            "title": SafeTextFormField(label=_("Title"), max_length=80, required=False),
            "text": SafeTextFormField(
                label=_("What it means"), max_length=600, required=False, widget=lines(4)
            ),
            "question": SafeTextFormField(
                label=_("The question it asks"), max_length=200, required=False
            ),
            "says": forms.ModelChoiceField(
                label=_("The shared guidepost that it says in other words"),
                queryset=Guidepost.objects.shown(),
                required=False,
                help_text=_("Then what is tagged with the shared one is found from yours too."),
            ),
        }
        for part, field in fields.items():
            field.initial = getattr(row, part, None)
            self.fields[f"{part}_{number}"] = field

    def _add_plan(self, plan: EmploymentPlan | None) -> None:
        self.fields["plan_title"] = SafeTextFormField(
            label=_("Title of the plan"), max_length=160, required=False
        )
        self.fields["plan_link"] = forms.CharField(
            label=_("Where it lies"),
            max_length=500,
            required=False,
            validators=[URLValidator(schemes=["https", "http"])],
            help_text=_("The whole address, beginning with https://"),
        )
        self.fields["plan_year"] = forms.IntegerField(
            label=_("Year"), min_value=1900, max_value=2100, required=False
        )
        for name in PLAN_PARTS:
            self.fields[name].initial = getattr(plan, name.removeprefix("plan_"), None)

    @property
    def groups(self) -> Iterator[Group]:
        for number in range(1, MOST_GUIDEPOSTS + 1):
            heading = gettext("Guidepost %d") % number
            yield Group(heading, [self[f"{part}_{number}"] for part in PARTS])
        yield Group(gettext("The employment plan"), [self[name] for name in PLAN_PARTS])

    def clean(self) -> None:
        for number in range(1, MOST_GUIDEPOSTS + 1):
            self._require_whole([f"{part}_{number}" for part in PARTS], optional=f"says_{number}")
        self._require_whole(PLAN_PARTS)

    def _require_whole(self, names: Sequence[str], optional: str = "") -> None:
        if not any(self.cleaned_data.get(name) for name in names):
            return
        for name in names:
            if name != optional and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, NEEDED)

    @property
    def guideposts(self) -> list[OwnGuidepost]:
        """What was written, without the empty groups."""
        return [
            OwnGuidepost(*(self.cleaned_data[f"{part}_{number}"] for part in PARTS))
            for number in range(1, MOST_GUIDEPOSTS + 1)
            if self.cleaned_data[f"title_{number}"]
        ]

    @property
    def plan(self) -> LinkedPlan | None:
        """The plan that was written; None where its fields are empty."""
        if not self.cleaned_data["plan_title"]:
            return None
        return LinkedPlan(*(self.cleaned_data[name] for name in PLAN_PARTS))
