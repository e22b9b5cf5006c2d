"""The shape of what is stored as JSON: explanations that are only shown, never queried.

Whatever a query or a verb decides by has a column or a row of its own. Ids and numbers only; names
and sentences are made when it is shown (`sparring/plans/queries/plans.py`).
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class AffinityParts(TypedDict):
    """What one pair's affinity is made of, each part 0–1.

    Of the target group it is kept only whether the colleague knows it.
    """

    theme: float
    fresh: float
    knows_group: bool
    load: float
    pick_me_next: float


class PairParts(AffinityParts):
    """How well one colleague fits one case: the whole (0–1), and what it is made of.

    themes: the case's themes that the colleague has at heart. last_met: the day of the two
    people's last sparring, as an ISO date.
    """

    affinity: float
    themes: list[int]
    last_met: str | None


class OtherColleague(TypedDict):
    """Somebody else who could have come.

    loses: what the whole plan would lose with them (affinity); None where it has no price.
    takes_away: another case would then lack a colleague; not stored by the oldest plans.
    """

    employee: int
    affinity: float
    loses: float | None
    takes_away: NotRequired[bool]


class LeftOut(TypedDict):
    """Somebody who could not come, and the code of the reason (`sparring.enums.Why`)."""

    employee: int
    why: str


class MatchExplanation(TypedDict, total=False):
    """Why these people: `SparringSession.match_explanation`.

    partners: by the colleague's id as text. others: the cheapest first. A session that was put
    together by hand or by a repair has `partners` alone; one that was booked by hand has nothing.
    """

    partners: dict[str, PairParts]
    others: list[OtherColleague]
    left_out: list[LeftOut]


class PlanCertificate(TypedDict, total=False):
    """The proof that a plan's match is the best there is: `SparringPlan.certificate`.

    problem: the fingerprint of the cases, people, limits and times that were matched.
    affinity, bound, dual_gap, worst, max_min, load_sd: as `matching.report.plan_report` says.
    floor, load_weight, prices: what the proof is checked with, in millionths of affinity; prices
    are above 0 only, by the colleague's id as text.
    """

    problem: str
    affinity: float
    bound: float
    dual_gap: float
    worst: float | None
    max_min: float | None
    load_sd: float
    floor: int
    load_weight: float
    prices: dict[str, int]
