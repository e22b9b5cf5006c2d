"""What speaks against a session that somebody puts together by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from renewal import local_date
from sparring.enums import NEVER, ExclusionReason

from .calendars import Calendar, read_calendars
from .constraints import Rules, read_rules
from .exclusion_reasons import Caution

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Case


def cautions(
    *,
    case: Case,
    partners: Sequence[Employee],
    starts_at: datetime,
    ends_at: datetime,
    staying: Collection[int] = (),
    ignoring: Collection[int] = (),
    draft: int | None = None,
) -> list[Caution]:
    """Everything that speaks against it, what nobody may overrule first; nine queries.

    `staying` are ids of others who are in the session, and whom the partners will sit with.
    `ignoring` are the sessions that are being changed: their own time does not count; `draft` is
    the plan whose proposals do.
    """
    rules = read_rules([case])
    people = [case.owner, *partners]
    calendars = read_calendars(people, local_date(starts_at), 1, ignoring=ignoring, draft=draft)
    found = [
        Caution(case.owner_id, str(case.owner), why)
        for why in (
            *calendars[case.owner_id].objections(starts_at, ends_at),
            *calendars[case.owner_id].week_objections(starts_at, ends_at, presents=True),
        )
    ]
    group = [*staying, *(partner.pk for partner in partners)]
    for partner in partners:
        if rules.is_at_odds(partner.pk, group):
            found.append(Caution(partner.pk, str(partner), ExclusionReason.NOT_POSSIBLE))
        reasons: Iterator[ExclusionReason] = about(
            case, partner, rules, calendars[partner.pk], starts_at=starts_at, ends_at=ends_at
        )
        if partner.pk != case.owner_id:
            week = calendars[partner.pk].week_objections(starts_at, ends_at, presents=False)
            reasons = chain(reasons, week)
        found += [Caution(partner.pk, str(partner), why) for why in reasons]
    return sorted(found, key=lambda caution: caution.why not in NEVER)


def about(
    case: Case,
    partner: Employee,
    rules: Rules,
    calendar: Calendar,
    *,
    starts_at: datetime,
    ends_at: datetime,
) -> Iterator[ExclusionReason]:
    """What speaks against one partner at that time, the rules before the calendar."""
    left_out = rules.left_out(case, partner)
    if left_out is not None:
        yield left_out
    if partner.pk == case.owner_id:
        return
    yield from calendar.objections(starts_at, ends_at)
    follow_up = rules.is_follow_up(case, partner)
    yield from calendar.partner_objections(starts_at, ends_at, follow_up=follow_up)
