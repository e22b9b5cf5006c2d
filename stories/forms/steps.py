"""The four forms an author goes through. Nothing is required: a draft may be half done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.models import Guidepost, Method, ThemePage
from stories.domain.rules import REQUIRED, UNTITLED
from stories.enums import (
    ActionKind,
    AgeBand,
    ContactForm,
    DurationBand,
    NowBand,
    StoryOutcome,
    TellerRole,
    Timing,
)
from stories.models import StoryPage
from stories.models.steps import LONGEST_TEXT, LONGEST_TITLE, MOST_STEPS
from stories.target_groups import target_groups

from . import fields

FEWEST_ROWS = 3
MOST_TAGS = 8
# What the finished story must hold (domain.rules.REQUIRED), as fields of these forms.
NEEDED = frozenset(REQUIRED) | {
    "title",
    "themes",
    "step_1_title",
    "step_1_text",
    "step_1_timing",
    "try_1",
}


class StepForm(forms.Form):
    """A part of the story. `values()` is what `save_draft` is given."""

    use_required_attribute = False
    template = ""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Texts that are checked while they are written.
    checked: tuple[str, ...] = ()

    def __init__(self, *args: Any, story: StoryPage, **kwargs: Any) -> None:
        self.story = story
        kwargs["initial"] = self.initial_of(story)
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = story.version
        address = reverse("stories:check_text", args=[story.pk])
        for name in self.checked_fields():
            self.fields[name].widget.attrs.update(_live_check(address, name))
        if not self.is_bound:
            self._mark_needed()

    def full_clean(self) -> None:
        super().full_clean()
        self._mark_needed()

    def _mark_needed(self) -> None:
        """Drawn without "optional", though an unfinished draft may be saved without them."""
        for name in NEEDED.intersection(self.fields):
            self.fields[name].required = True

    def checked_fields(self) -> tuple[str, ...]:
        return self.checked

    def initial_of(self, story: StoryPage) -> dict[str, Any]:
        return {name: getattr(story, name) for name in self.base_fields if name != "version"}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def place_errors(self, error: ValidationError) -> None:
        """Show a refusal of the domain beside the field it is about, else above the form."""
        messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, texts in messages.items():
            self.add_error(name if name in self.fields else None, texts)


def _live_check(address: str, name: str) -> dict[str, str]:
    return {
        "hx-post": address,
        "hx-trigger": "input changed delay:900ms, blur changed",
        "hx-params": name,
        "hx-target": f"#check-{name}",
        "hx-sync": "this:replace",
    }


class TellForm(StepForm):
    """1: title, teaser, and what was hard."""

    template = "stories/steps/tell.html"
    checked = ("title", "teaser", "hard")
    title = fields.text(_("Title"), longest=120, help_text=_("Short. No names and no places."))
    teaser = fields.text(
        _("Teaser"), longest=200, help_text=_("One or two sentences that make a colleague read on.")
    )
    hard = fields.text(
        _("What was hard?"),
        longest=3000,
        rows=9,
        help_text=_("Where did you stand? What did you believe, and why? About ten lines."),
    )

    def initial_of(self, story: StoryPage) -> dict[str, Any]:
        initial = super().initial_of(story)
        return initial | {"title": "" if story.title == UNTITLED else story.title}


class StepRow(NamedTuple):
    """The three fields of one step, bound."""

    number: int
    title: BoundField
    text: BoundField
    timing: BoundField


class TurnForm(StepForm):
    """2: the one moment that turned it, what was done, and a sentence to remember."""

    template = "stories/steps/turn.html"
    checked = ("turning_point", "quote")
    turning_point = fields.text(
        _("The turning point"),
        longest=3000,
        rows=9,
        help_text=_("One moment: who did or said what? Write “a colleague”, not a name."),
    )
    quote = fields.text(
        _("A sentence to remember"), longest=300, help_text=_("Your own words, not the citizen's.")
    )

    def __init__(self, *args: Any, story: StoryPage, **kwargs: Any) -> None:
        self.row_count = min(MOST_STEPS, max(FEWEST_ROWS, len(story.steps) + 1))
        super().__init__(*args, story=story, **kwargs)

    def checked_fields(self) -> tuple[str, ...]:
        for number in range(1, self.row_count + 1):
            self._add_row(number)
        return (*self.checked, *(f"step_{n}_text" for n in range(1, self.row_count + 1)))

    def _add_row(self, number: int) -> None:
        step = self.story.steps[number - 1] if number <= len(self.story.steps) else {}
        row = {
            "title": fields.text(_("Heading"), longest=LONGEST_TITLE),
            "text": fields.text(_("What did you do?"), longest=LONGEST_TEXT, rows=3),
            "timing": fields.choice(_("When?"), Timing.choices),
        }
        for name, field in row.items():
            field.initial = step.get(name, "")
            self.fields[f"step_{number}_{name}"] = field

    def rows(self) -> Iterator[StepRow]:
        for number in range(1, self.row_count + 1):
            yield StepRow(
                number,
                self[f"step_{number}_title"],
                self[f"step_{number}_text"],
                self[f"step_{number}_timing"],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, self.row_count + 1):
            row = self._row(number)
            if (row["text"] or row["timing"]) and not row["title"]:
                self.add_error(f"step_{number}_title", _("Give the step a heading."))
        return cleaned

    def _row(self, number: int) -> dict[str, str]:
        names = ("title", "text", "timing")
        return {n: self.cleaned_data.get(f"step_{number}_{n}") or "" for n in names}

    def values(self) -> dict[str, Any]:
        rows = [self._row(number) for number in range(1, self.row_count + 1)]
        steps = [row | {"timing": row["timing"] or Timing.BEFORE} for row in rows if row["title"]]
        return {
            "turning_point": self.cleaned_data["turning_point"],
            "quote": self.cleaned_data["quote"],
            "steps": steps,
        }


class LearnForm(StepForm):
    """3: what the teller would do differently (required in the end), beliefs and outcome."""

    template = "stories/steps/learn.html"
    checked = ("would_do_differently", "try_1", "try_2", "try_3")
    would_do_differently = fields.text(
        _("What would you do differently?"),
        longest=2000,
        rows=5,
        help_text=_("The most useful part for a colleague. It must be here."),
    )
    try_1 = fields.text(_("What a colleague can try tomorrow"), longest=240)
    try_2 = fields.text(_("One thing more"), longest=240)
    try_3 = fields.text(_("And one more"), longest=240)
    outcome = fields.choice(_("How did it go?"), StoryOutcome.choices)
    duration_band = fields.choice(_("Time from start to turning point"), DurationBand.choices)
    now_band = fields.choice(_("Where is the citizen now?"), NowBand.choices)
    caseworker_1 = fields.belief(_("Your belief before"))
    caseworker_2 = fields.belief(_("On the way, if it moved"))
    caseworker_3 = fields.belief(_("Your belief afterwards"))
    citizen_1 = fields.belief(_("The citizen's before"))
    citizen_2 = fields.belief(_("On the way, if it moved"))
    citizen_3 = fields.belief(_("The citizen's afterwards"))
    share_citizens = fields.share(_("The citizen"))
    share_staff = fields.share(_("The staff"))
    share_efforts = fields.share(_("The efforts"))

    def initial_of(self, story: StoryPage) -> dict[str, Any]:
        plain = (
            "would_do_differently",
            "outcome",
            "duration_band",
            "now_band",
            "share_citizens",
            "share_staff",
            "share_efforts",
        )
        initial = {name: getattr(story, name) for name in plain}
        for number, line in enumerate(story.try_tomorrow[:3], start=1):
            initial[f"try_{number}"] = line
        for who in ("caseworker", "citizen"):
            initial |= _points(who, getattr(story, f"{who}_beliefs"))
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_shares()
        for who in ("caseworker", "citizen"):
            if len(self._beliefs(who)) == 1:
                self.add_error(f"{who}_3", _("Give both the number before and the one afterwards."))
        return cleaned

    def _clean_shares(self) -> None:
        names = ("share_citizens", "share_staff", "share_efforts")
        shares = [self.cleaned_data.get(name) for name in names]
        given = [share for share in shares if share is not None]
        complete = len(given) == len(names) and sum(given) == 100
        if given and not complete and not self.errors.keys() & set(names):
            self.add_error("share_efforts", _("The three shares sum to 100, or are all empty."))

    def _beliefs(self, who: str) -> list[int]:
        values = [self.cleaned_data.get(f"{who}_{number}") for number in (1, 2, 3)]
        return [value for value in values if value is not None]

    def values(self) -> dict[str, Any]:
        own = {
            name: value
            for name, value in super().values().items()
            if not name.startswith(("try_", "caseworker_", "citizen_"))
        }
        lines = [self.cleaned_data[f"try_{number}"].strip() for number in (1, 2, 3)]
        return own | {
            "try_tomorrow": [line for line in lines if line],
            "caseworker_beliefs": self._beliefs("caseworker"),
            "citizen_beliefs": self._beliefs("citizen"),
        }


def _points(who: str, values: list[int]) -> dict[str, int]:
    """Two values are the first and the last of three."""
    if not values:
        return {}
    points = {f"{who}_1": values[0]}
    if len(values) == 3:
        points[f"{who}_2"] = values[1]
    if len(values) > 1:
        points[f"{who}_3"] = values[-1]
    return points


class FindForm(StepForm):
    """4: how colleagues find it. Lists only, so that nothing here tells who it is about."""

    template = "stories/steps/find.html"
    checked = ("tags",)
    themes = fields.ticked(_("Themes"), ())
    guidepost = fields.choice(_("Guidepost"), ())
    action_kinds = fields.ticked(_("What was done"), ActionKind.choices)
    target_group = fields.choice(_("Target group"), ())
    age_band = fields.choice(_("The citizen's age"), AgeBand.choices)
    contact_form = fields.choice(_("How did you meet?"), ContactForm.choices)
    teller_role = fields.choice(_("Who are you who tells it?"), TellerRole.choices)
    method = fields.choice(_("Method you used"), ())
    tags = fields.text(
        _("Tags"), longest=200, help_text=_("Words a colleague would search for, with commas.")
    )

    def __init__(self, *args: Any, story: StoryPage, **kwargs: Any) -> None:
        super().__init__(*args, story=story, **kwargs)
        themes = ThemePage.objects.live().order_by("number").values_list("pk", "nav_title")
        self._offer("themes", [(str(pk), title) for pk, title in themes])
        for name, choices in (
            ("guidepost", Guidepost.objects.values_list("pk", "title")),
            ("method", Method.objects.values_list("pk", "name")),
            ("target_group", _groups(story).items()),
        ):
            self._offer(name, [fields.NO_ANSWER, *choices])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def initial_of(self, story: StoryPage) -> dict[str, Any]:
        plain = ("action_kinds", "target_group", "age_band", "contact_form", "teller_role")
        return {name: getattr(story, name) for name in plain} | {
            "themes": [str(theme.pk) for theme in story.themes.all()],
            "guidepost": story.guidepost_id or "",
            "method": story.method_id or "",
            "tags": ", ".join(sorted(story.tags.names())),
        }

    def clean_tags(self) -> list[str]:
        parts = [part.strip().lower() for part in self.cleaned_data["tags"].split(",")]
        tags = list(dict.fromkeys(part for part in parts if part))
        if len(tags) > MOST_TAGS or any(len(tag) > 40 for tag in tags):
            raise ValidationError(_("At most eight tags of 40 letters."))
        return tags

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {
            "themes": list(ThemePage.objects.filter(pk__in=values["themes"])),
            "guidepost": Guidepost.objects.filter(pk__in=_key(values["guidepost"])).first(),
            "method": Method.objects.filter(pk__in=_key(values["method"])).first(),
        }


def _key(value: str) -> list[str]:
    return [value] if value else []


def _groups(story: StoryPage) -> dict[str, str]:
    """The list, and the story's own group where the list no longer has it."""
    names = target_groups()
    if story.target_group and story.target_group not in names:
        names[story.target_group] = story.target_group.capitalize()
    return names


class Step(NamedTuple):
    """One page of the form: its address, its name and its form."""

    slug: str
    title: Any
    form: type[StepForm]


STEPS = (
    Step("historien", _("The story"), TellForm),
    Step("vendepunktet", _("The turning point"), TurnForm),
    Step("laeringen", _("What you learned"), LearnForm),
    Step("find-den", _("So others find it"), FindForm),
)
# Which page a missing field is written on.
WRITTEN_ON = {
    "title": "historien",
    "teaser": "historien",
    "hard": "historien",
    "turning_point": "vendepunktet",
    "steps": "vendepunktet",
    "quote": "vendepunktet",
    "would_do_differently": "laeringen",
    "try_tomorrow": "laeringen",
    "outcome": "laeringen",
    "duration_band": "laeringen",
    "now_band": "laeringen",
    "themes": "find-den",
    "guidepost": "find-den",
    "action_kinds": "find-den",
    "target_group": "find-den",
    "teller_role": "find-den",
    "tags": "find-den",
}
