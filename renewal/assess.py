"""From facts to a renewal need: hits, score, band, order (domain B3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from renewal.facts import CaseFacts, Status, days_between
from renewal.hits import Hit
from renewal.registry import RULES, Rule
from renewal.thresholds import DEFAULTS, RULE_VERSION, Thresholds

_FULL_SCORE = 100
NEVER_HELD_BY_A_SESSION = frozenset(
    code for code, rule in RULES.items() if rule.counts_despite_session
)


class Band(StrEnum):
    """akut, høj, almindelig, ingen."""

    URGENT = "urgent"
    HIGH = "high"
    ORDINARY = "ordinary"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the most urgent; lists are sorted by it."""
        return _RANKS[self]


_RANKS = {band: rank for rank, band in enumerate(Band)}


class HeldBack(StrEnum):
    """Why a case with hits is not on the list now."""

    CLOSED = "closed"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    BOOKED = "booked"
    RECENT = "recent"


@dataclass(frozen=True)
class Need:
    """One case's renewal need on one day.

    `hits` are in the rules' order and make up `score` and `band`. With `held_back` set nothing is
    due now, and they tell what it would be. With a session booked or recently held only some rules
    count (`RenewalRule.counts_despite_talk`); the other hits are in `waiting`.
    """

    hits: tuple[Hit, ...]
    score: int
    band: Band
    held_back: HeldBack | None
    rule_version: int = RULE_VERSION
    waiting: tuple[Hit, ...] = ()

    @property
    def due(self) -> bool:
        """Whether the case belongs on the list now."""
        return self.held_back is None and self.band is not Band.NONE


def assess(facts: CaseFacts, thresholds: Thresholds = DEFAULTS) -> Need:
    """The need of one case: all enabled rules, then what holds it back, then score and band."""
    hits = find_hits(facts, thresholds)
    reason = held_back(facts, thresholds)
    waiting: tuple[Hit, ...] = ()
    if reason in (HeldBack.BOOKED, HeldBack.RECENT):
        counting = tuple(hit for hit in hits if hit.code in NEVER_HELD_BY_A_SESSION)
        if counting:
            waiting = tuple(hit for hit in hits if hit.code not in NEVER_HELD_BY_A_SESSION)
            hits, reason = counting, None
    score = min(sum(hit.points for hit in hits), thresholds.highest_score)
    band = find_band(hits, score, thresholds)
    return Need(hits, score, band, reason, waiting=waiting)


def assess_many(cases: Iterable[CaseFacts], thresholds: Thresholds = DEFAULTS) -> list[Need]:
    """`assess` for each case, in the order given."""
    return [assess(facts, thresholds) for facts in cases]


def find_hits(facts: CaseFacts, thresholds: Thresholds) -> tuple[Hit, ...]:
    """The hits of every enabled rule, in the rules' order; a closed case has none."""
    if facts.status == Status.CLOSED:
        return ()
    found = (find_hit(name, facts, thresholds) for name in thresholds.enabled)
    return tuple(hit for hit in found if hit is not None)


def find_hit(code: str, facts: CaseFacts, thresholds: Thresholds) -> Hit | None:
    """The hit of one rule, whether or not it is enabled; None when it is silent."""
    found = RULES[code].check(facts, thresholds)
    if found is None:
        return None
    return Hit(Rule(code), found.since, found.points, found.params)


def find_band(hits: Sequence[Hit], score: int, thresholds: Thresholds = DEFAULTS) -> Band:
    """The band: by score, and urgent when a rule says so (`RenewalRule.urgent`)."""
    if score >= thresholds.urgent_score or _urgent_anyway(hits, thresholds):
        return Band.URGENT
    if score >= thresholds.high_score:
        return Band.HIGH
    return Band.ORDINARY if score >= thresholds.ordinary_score else Band.NONE


def held_back(facts: CaseFacts, thresholds: Thresholds = DEFAULTS) -> HeldBack | None:
    """Why the case is left in peace today. A snooze ends on its day: that day it is back.

    A session holds from the booking until 30 days after it was held, both days included.
    """
    if facts.status == Status.CLOSED:
        return HeldBack.CLOSED
    if facts.status == Status.PAUSED:
        return HeldBack.PAUSED
    if facts.snoozed_until is not None and facts.today < facts.snoozed_until:
        return HeldBack.SNOOZED
    if any(day >= facts.today for day in facts.booked):
        return HeldBack.BOOKED
    last = facts.last_held
    if last is not None and days_between(last, facts.today) <= thresholds.rest_days:
        return HeldBack.RECENT
    return None


OrderKey = tuple[int, int, date, str, str]


def order_key(need: Need, facts: CaseFacts, quarter: str | None = None) -> OrderKey:
    """Sort key, most urgent first: band, score, oldest bid, fixed shuffle, code.

    A case without any caseworker bid comes before every bid. The shuffle makes ties fair and gives
    indicator I6 its comparison group; `quarter` is by default that of `facts.today`.
    """
    newest = facts.newest
    oldest = newest.registered_on if newest else date.min
    shuffle = shuffle_key(facts.code, quarter or quarter_of(facts.today))
    return (need.band.rank, -need.score, oldest, shuffle, facts.code)


def order_text(key: OrderKey) -> str:
    """The same order as one string, for a database column: 75 characters and the code.

    Fixed widths and no punctuation before the code, so any collation sorts it alike.
    """
    rank, score, oldest, shuffle, code = key
    return f"{rank}{_FULL_SCORE + score:03d}{oldest.toordinal():07d}{shuffle}{code}"


def shuffle_key(code: str, quarter: str) -> str:
    """64 hex digits that look random and stay put for the quarter: sha256 of quarter and code."""
    return sha256(f"{quarter}\x1f{code}".encode()).hexdigest()


def quarter_of(day: date) -> str:
    """The quarter as "2026Q4"."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def _urgent_anyway(hits: Sequence[Hit], thresholds: Thresholds) -> bool:
    codes = [hit.code for hit in hits]
    return any(
        hit.rule.urgent is not None and hit.rule.urgent(hit.params, codes, thresholds)
        for hit in hits
    )
