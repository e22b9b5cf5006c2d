"""Filters of the list of stories: counted in one pass over their codes, the address holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import Promise

GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("tema", _("Theme")),
    ("pejlemaerke", _("Guidepost")),
    ("handling", _("What was done")),
    ("maalgruppe", _("Target group")),
    ("udfald", _("How it went")),
    ("emne", _("Tag")),
)
# There are many: a value is chosen on a story, and the list shows the chosen ones only.
CHOSEN_ELSEWHERE = frozenset({"emne"})


@dataclass
class Coded:
    """A story as its codes: group → its values."""

    pk: int
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


def chosen(query: QueryDict) -> dict[str, list[str]]:
    """Group → values chosen in the address; unknown parameters are left out."""
    return {name: values for name, _label in GROUPS if (values := query.getlist(name))}


def fits(story: Coded, choice: Mapping[str, Sequence[str]], *, besides: str = "") -> bool:
    """Whether the story has one of the values of every group, the group `besides` left out."""
    return all(
        name == besides or set(values) & set(story.values.get(name, ()))
        for name, values in choice.items()
    )


def matching(stories: Iterable[Coded], choice: Mapping[str, Sequence[str]]) -> list[int]:
    """Keys of the stories that fit, in their order."""
    return [story.pk for story in stories if fits(story, choice)]


def groups(
    stories: Sequence[Coded],
    choice: Mapping[str, Sequence[str]],
    names: Mapping[str, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The groups for `components/facets.html`: each value with how many it would leave.

    `names`: group → value → what it is called, in the order of the list.
    """
    return [
        group
        for name, label in GROUPS
        if (group := _group(name, label, stories, choice, names.get(name, {})))["options"]
    ]


def _group(
    name: str,
    label: str | Promise,
    stories: Sequence[Coded],
    choice: Mapping[str, Sequence[str]],
    names: Mapping[str, Any],
) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for story in stories:
        if fits(story, choice, besides=name):
            counts.update(set(story.values.get(name, ())))
    selected = choice.get(name, ())
    names = {**names, **{value: value.capitalize() for value in counts if value not in names}}
    options = [
        {"value": value, "label": text, "count": counts[value], "selected": value in selected}
        for value, text in names.items()
        if value in selected or (counts[value] and name not in CHOSEN_ELSEWHERE)
    ]
    return {"name": name, "label": label, "options": options}


def without(query: QueryDict, name: str, value: str) -> str:
    """The address' query without one chosen value, and from its first page."""
    left = query.copy()
    left.setlist(name, [kept for kept in left.getlist(name) if kept != value])
    left.pop("page", None)
    return f"?{left.urlencode()}"
