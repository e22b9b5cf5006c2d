"""How well a colleague fits a case: 0–1, with its parts kept for the screen (docs/domain.md B4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.db.models import Count

from matching.problem import SCALE, Shorts
from renewal.cards import themes_of
from sparring.enums import BROUGHT_THE_CASE, Answer, RightColleague
from sparring.models import Case, ColleagueAnswer, Participation

from .constraints import HELD, Rules

if TYPE_CHECKING:
    from people.models import Employee
    from renewal import Hit
    from sparring.models.json_shapes import AffinityParts

    from .calendars import Calendar

Floats = npt.NDArray[np.float64]

WEIGHTS = {
    "theme": 0.30, "fresh": 0.26, "group": 0.10, "load": 0.20, "pick_me_next": 0.10,
    "answered": 0.04,
}  # fmt: skip
"""They add up to 1; who asks to be picked next gains a third of what a theme gains."""
ANSWERS = {RightColleague.YES: 1.0, RightColleague.MAYBE: 0.5, RightColleague.NO: 0.0}
UNANSWERED = 0.5
KNOWS_GROUP = 0.25
FRESH_AFTER_DAYS = 180
LOAD_DAYS = 28


@dataclass(frozen=True)
class Affinity:
    """Parts of n cases × m people, each 0–1; `load` and `pick_me_next` are the person's alone.

    theme: the share of the case's points whose themes the person has at heart. fresh: 1 when the
    pair has never met in a session, growing from 0 over 180 days. group: the share of the person's
    cases and held sessions that are of the case's target group; a number about a person, so it is
    neither stored nor shown. load: what is left of the person's month. pick_me_next: 0 or 1.
    answered: what the case's caseworker last answered about the person, 0.5 where nothing: told to
    nobody, so it is in `total`, which the matcher works by, and not in `shown`.
    """

    theme: Floats
    fresh: Floats
    group: Floats
    load: Floats
    pick_me_next: Floats
    answered: Floats

    def total(self) -> Shorts:
        """The weighted sum in millionths, shape (n, m)."""
        return self._sum(self.answered)

    def shown(self) -> Shorts:
        """The same as a page may say it: as if nobody had answered anything about anybody."""
        return self._sum(np.full_like(self.answered, UNANSWERED))

    def _sum(self, answered: Floats) -> Shorts:
        whole = (
            WEIGHTS["theme"] * self.theme
            + WEIGHTS["fresh"] * self.fresh
            + WEIGHTS["group"] * self.group
            + WEIGHTS["load"] * self.load
            + WEIGHTS["pick_me_next"] * self.pick_me_next
            + WEIGHTS["answered"] * answered
        )
        return np.rint(whole * SCALE).astype(np.int32)

    def parts(self, case: int, person: int) -> AffinityParts:
        """The parts of one pair, rounded for keeping; of the target group only yes or no."""
        return {
            "theme": round(float(self.theme[case, person]), 3),
            "fresh": round(float(self.fresh[case, person]), 3),
            "knows_group": bool(self.group[case, person] >= KNOWS_GROUP),
            "load": round(float(self.load[person]), 3),
            "pick_me_next": float(self.pick_me_next[person]),
        }


def affinity(
    cases: Sequence[Case],
    people: Sequence[Employee],
    *,
    hits: Mapping[int, Sequence[Hit]],
    calendars: Mapping[int, Calendar],
    rules: Rules,
    first_day: date,
) -> Affinity:
    """The parts for every pair; `hits` are the cases' renewal reasons by the case's id."""
    return Affinity(
        theme=_theme(cases, people, hits),
        fresh=_fresh(cases, people, rules, first_day),
        group=_group(cases, people),
        load=np.array([_spare(calendars[person.pk], first_day) for person in people], float),
        pick_me_next=np.array([person.pick_me_next for person in people], float),
        answered=_answered(cases, people),
    )


def themes_of_case(hits: Iterable[Hit]) -> list[int]:
    """The themes that the case's reasons point at, strongest reason first, each once."""
    ranked = sorted(hits, key=lambda hit: (-hit.points, hit.code.number))
    return list(dict.fromkeys(theme for hit in ranked for theme in themes_of(hit)))


def _theme(
    cases: Sequence[Case], people: Sequence[Employee], hits: Mapping[int, Sequence[Hit]]
) -> Floats:
    at_heart = [set(person.theme_numbers) for person in people]
    score = np.zeros((len(cases), len(people)))
    for row, case in enumerate(cases):
        mapped = [(hit.points, set(themes_of(hit))) for hit in hits.get(case.pk, ())]
        whole = sum(points for points, themes in mapped if themes)
        for points, themes in mapped:
            if themes:
                score[row] += [points / whole if themes & heart else 0.0 for heart in at_heart]
    return np.clip(score, 0, 1)


def _fresh(
    cases: Sequence[Case], people: Sequence[Employee], rules: Rules, first_day: date
) -> Floats:
    score = np.ones((len(cases), len(people)))
    column = {person.pk: index for index, person in enumerate(people)}
    rows: dict[int, list[int]] = {}
    for row, case in enumerate(cases):
        rows.setdefault(case.owner_id, []).append(row)
    for (presenter, partner), met in rules.last_met.items():
        if partner in column and presenter in rows:
            days = max((first_day - met).days, 0)
            score[rows[presenter], column[partner]] = min(days / FRESH_AFTER_DAYS, 1.0)
    return score


def _group(cases: Sequence[Case], people: Sequence[Employee]) -> Floats:
    """Shares of own cases and held sessions in each case's target group; two queries."""
    seen: dict[tuple[int, int], int] = defaultdict(int)
    owned = Case.objects.filter(owner__in=people).values_list("owner", "target_group")
    sessions = Participation.objects.filter(
        employee__in=people, holds_time=True, session__state__in=HELD
    ).exclude(role__in=BROUGHT_THE_CASE)
    met = sessions.values_list("employee", "session__case__target_group")
    for rows in (owned, met):
        for person, group, count in rows.annotate(n=Count("pk")).order_by():
            seen[person, group] += count
    whole: dict[int, int] = defaultdict(int)
    for (person, _of), count in seen.items():
        whole[person] += count
    groups = {case.target_group_id for case in cases}
    share = {
        other_group: [
            seen.get((person.pk, other_group), 0) / max(whole[person.pk], 1) for person in people
        ]
        for other_group in groups
    }
    rows_of_cases = [share[case.target_group_id] for case in cases]
    return np.array(rows_of_cases, float).reshape(len(cases), len(people))


def _answered(cases: Sequence[Case], people: Sequence[Employee]) -> Floats:
    """What each case's caseworker last answered about each person; one query."""
    owners = {case.owner_id for case in cases}
    answers = (
        ColleagueAnswer.objects.filter(
            answered_by__in=owners, session__participations__answer__in=(Answer.YES, Answer.INVITED)
        )
        .order_by("answered_on", "pk")
        .values_list("answered_by", "session__participations__employee", "answer")
    )
    newest = {(owner, person): ANSWERS[RightColleague(answer)] for owner, person, answer in answers}
    score = [
        [newest.get((case.owner_id, person.pk), UNANSWERED) for person in people] for case in cases
    ]
    return np.array(score, float).reshape(len(cases), len(people))


def _spare(calendar: Calendar, first_day: date) -> float:
    """What is left of the person's month: 1 with no session, 0 with as many as wanted."""
    if calendar.max_per_30_days == 0:
        return 0.0
    since = first_day - timedelta(days=LOAD_DAYS)
    partner_days = sum(day >= since for day in calendar.partner_days)
    return max(0.0, 1 - partner_days / calendar.max_per_30_days)
