"""The four forms an author goes through. Nothing is required: a draft may be half done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from stories.domain.guards import UNTITLED
from stories.enums import (
    DurationBand,
    NowBand,
    StoryOutcome,
    Timing,
)
from stories.models.steps import LONGEST_TEXT, LONGEST_TITLE, MOST_STEPS

from . import fields
from .base import StepForm
from .find import FindForm

if TYPE_CHECKING:
    from django.forms import BoundField

    from stories.models import StoryPage

FEWEST_ROWS = 3


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
    """3: what the author would do differently (required in the end), beliefs and outcome."""

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


class WritingStep(NamedTuple):
    """One page of the form: its address, its name and its form."""

    slug: str
    title: Any
    form: type[StepForm]


STEPS = (
    WritingStep("historien", _("The story"), TellForm),
    WritingStep("vendepunktet", _("The turning point"), TurnForm),
    WritingStep("laeringen", _("What you learned"), LearnForm),
    WritingStep("find-den", _("So others find it"), FindForm),
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
    "contact_form": "find-den",
    "age_band": "find-den",
}
