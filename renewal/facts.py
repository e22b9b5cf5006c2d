"""What the renewal rules may look at, and nothing else.

Frozen values built from the database by a query; the rules never see a model. Sex, age, origin,
diagnosis, benefit history, a predicted chance and the employee's record are left out on purpose
(domain B3 "Never in the rule", finding F6), so no rule can come to depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from renewal.scale import HIGHEST_VALUE

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class Status(StrEnum):
    """The state of a case (domain B2)."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Role(StrEnum):
    """Whose bid it is (domain B1, Belief.by_role)."""

    CASEWORKER = "caseworker"
    CITIZEN = "citizen"
    COLLEAGUE = "colleague"
    BUSINESS_CONSULTANT = "business_consultant"
    EXTERNAL = "external"


def local_date(moment: datetime) -> date:
    """The calendar date in Europe/Copenhagen of an aware moment; ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no certain date.")
    return moment.astimezone(COPENHAGEN).date()


@dataclass(frozen=True)
class BeliefFact:
    """One registered bid, 0 to 10.

    `employee` is the id of who registered it, None when unknown (imported). `corrected` marks a
    row that a later row corrects: it was never meant, so no rule looks at it. `in_sparring` marks
    a bid that closes a session.
    """

    role: str
    value: int
    registered_on: date
    employee: int | None = None
    because: str = ""
    corrected: bool = False
    in_sparring: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.value <= HIGHEST_VALUE:
            raise ValueError(f"A bid is 0 to {HIGHEST_VALUE}, not {self.value}.")


@dataclass(frozen=True)
class ActionFact:
    """One action: planned, running or over.

    `agreed_on` and `deadline` are set when it is what a session agreed on. `ended` without
    `started` is a plan that was given up. `parallel` means that it is registered as going on
    beside another.
    """

    company: bool = False
    planned_for: date | None = None
    started: date | None = None
    ended: date | None = None
    agreed_on: date | None = None
    deadline: date | None = None
    done: bool = False
    parallel: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more is to happen: done, ended or given up."""
        return self.done or self.ended is not None

    def running(self, today: date) -> bool:
        """Whether it has started and is not over."""
        return not self.over and self.started is not None and self.started <= today

    def planned(self, today: date) -> bool:
        """Whether it lies ahead. A plan whose date has gone by unused is no longer a plan."""
        ahead = self.started or self.planned_for or self.deadline
        if self.over or ahead is None:
            return False
        return ahead > today if self.started else ahead >= today

    def turns(self) -> Iterator[date]:
        """The day on which it begins to run, or on which it stops being a plan."""
        if self.started is not None:
            yield self.started
        elif (ahead := self.planned_for or self.deadline) is not None and not self.over:
            yield ahead + timedelta(days=1)


@dataclass(frozen=True)
class CaseFacts:
    """One case as the rules see it on `today`.

    `beliefs` are in the order they were registered (later rows win on the same day). `held` and
    `booked` are dates of sparrings; a planned session whose date has gone by belongs in `held`
    when it took place, else in neither. `owner_changed` is whether somebody else had the case
    before `owner_since`. Bids and sessions after `today` are not looked at, so that an
    old list can be made again.
    """

    code: str
    status: str
    started: date
    today: date
    owner: int | None = None
    owner_since: date | None = None
    owner_changed: bool = False
    beliefs: tuple[BeliefFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    held: tuple[date, ...] = ()
    booked: tuple[date, ...] = ()
    outcome_known: bool = False
    snoozed_until: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.today, datetime) or isinstance(self.started, datetime):
            raise TypeError("The rules work on dates, not on moments: use local_date().")

    @cached_property
    def caseworker_beliefs(self) -> tuple[BeliefFact, ...]:
        """The caseworkers' bids, newest first."""
        return self._bids(Role.CASEWORKER)

    @cached_property
    def citizen_beliefs(self) -> tuple[BeliefFact, ...]:
        """The citizen's own bids, newest first."""
        return self._bids(Role.CITIZEN)

    @cached_property
    def last_held(self) -> date | None:
        """The date of the newest sparring that took place."""
        return max((day for day in self.held if day <= self.today), default=None)

    @property
    def newest(self) -> BeliefFact | None:
        """The caseworker bid that counts: the newest one."""
        return self.caseworker_beliefs[0] if self.caseworker_beliefs else None

    def _bids(self, role: Role) -> tuple[BeliefFact, ...]:
        rows = [
            belief
            for belief in reversed(self.beliefs)
            if belief.role == role and not belief.corrected and belief.registered_on <= self.today
        ]
        rows.sort(key=lambda belief: belief.registered_on, reverse=True)
        return tuple(rows)


def days_between(earlier: date, later: date) -> int:
    """Whole days from `earlier` to `later`; the day itself is 0."""
    return (later - earlier).days
