"""One pair, or one case, looked at outside a plan: how well it fits, who could come and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from people.models import Employee
from sparring.models import Case, RenewalNeed
from sparring.renewal import Hit

from .affinity import themes_of_case
from .calendars import local_day, read_calendars
from .pool import Pool, Window, read_pool
from .reasons import pair_parts
from .rules import candidates
from .settle import Settling, ranked


@dataclass(frozen=True)
class Offer:
    """A colleague who could come, and the earliest time that suits both."""

    employee: Employee
    starts_at: datetime
    keeps_time: bool
    parts: dict[str, Any]


def describe_pair(case: Case, partner: Employee, starts_at: datetime) -> dict[str, Any]:
    """How well a partner chosen by hand fits, as `reasons.pair_parts` tells it."""
    hits = hits_of(case)
    pool = _pool(case, [case.owner, partner], Window(local_day(starts_at), 1, starts_at), hits)
    return pair_parts(pool, 0, 1, themes_of_case(hits))


def offers(
    case: Case,
    window: Window,
    *,
    length: timedelta,
    wanted: datetime | None = None,
    most: int = 5,
) -> list[Offer]:
    """Who could come, nobody else's talk moving: at the wanted time first, best fit first."""
    hits = hits_of(case)
    everybody = (*candidates(case.municipality_id), case.owner)
    people = list({each.pk: each for each in everybody}.values())
    pool = _pool(case, people, window, hits)
    settling, themes = Settling(pool), themes_of_case(hits)
    found = []
    for person in ranked(pool, 0):
        start = next(iter(settling.times(0, [person], length, wanted)), None)
        if start is not None:
            parts = pair_parts(pool, 0, person, themes)
            found.append(Offer(pool.people[person], start, start == wanted, parts))
    found.sort(key=lambda offer: (not offer.keeps_time, -offer.parts["affinity"]))
    return found[:most]


def hits_of(case: Case) -> list[Hit]:
    """The reasons the case has now, as the rules stored them."""
    need = RenewalNeed.objects.filter(case=case).first()
    return [Hit.from_json(each) for each in need.hits] if need else []


def _pool(case: Case, people: Sequence[Employee], window: Window, hits: Sequence[Hit]) -> Pool:
    calendars = read_calendars(people, window.first_day, window.days)
    askable = frozenset(each.pk for each in people)
    return read_pool(window, [case], people, askable, calendars, {case.pk: hits})
