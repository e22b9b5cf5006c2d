"""Why this colleague, and why not that one: answers from the prices stored with the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sparring.matching.certificate import Certificate
from sparring.matching.problem import SCALE, Problem


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What choosing another colleague for a case would mean, in whole affinities.

    `fits_worse`: affinity (with stay bonus) this case itself would lose; negative if it would
    gain. `worth_elsewhere`: what the colleague's seat is worth to the others, less what the seat
    given back is worth to them. `whole_loses`: the sum, the least that the whole would lose
    (>= 0 by the optimality of the match). `leaves_someone_out`: so much that another case would
    find no partner that fits well enough; then the sums are costs of that, not affinities.
    `under_floor`: the pair lies under the affinity that every case was guaranteed. `full`: the
    colleague has no seats at all.
    """

    colleague: int
    instead_of: int
    fits_worse: float
    worth_elsewhere: float
    whole_loses: float
    leaves_someone_out: bool
    under_floor: bool
    full: bool


def why_not(
    problem: Problem, certificate: Certificate, partners: tuple[int, ...], colleague: int
) -> WhyNot | None:
    """Compare a colleague with the partner of a talk that would be the cheapest to replace.

    `partners` are the pairs (indices) of the talk in the match. None if a hard rule has left the
    pair out, or if the colleague is already a partner: then there is no price to tell.
    """
    case = int(problem.pair_case[partners[0]])
    row = problem.row(case)
    found = np.flatnonzero(problem.pair_colleague[row] == colleague)
    if not len(found) or int(found[0]) + row.start in partners:
        return None
    pair = int(found[0]) + row.start
    replaced = min(partners, key=lambda held: (_profit(problem, certificate, held), held))
    instead_of = int(problem.pair_colleague[replaced])
    fits_worse = _gain(problem, certificate, replaced) - _gain(problem, certificate, pair)
    elsewhere = int(certificate.price[colleague] - certificate.price[instead_of])
    return WhyNot(
        colleague=colleague,
        instead_of=instead_of,
        fits_worse=fits_worse / SCALE,
        worth_elsewhere=elsewhere / SCALE,
        whole_loses=(fits_worse + elsewhere) / SCALE,
        leaves_someone_out=fits_worse + elsewhere >= certificate.big // 2,
        under_floor=bool(problem.affinity[pair] < certificate.floor),
        full=bool(certificate.capacity[colleague] == 0),
    )


def _gain(problem: Problem, certificate: Certificate, pair: int) -> int:
    return int(problem.affinity[pair]) + certificate.stay_bonus * int(problem.agreed[pair])


def _profit(problem: Problem, certificate: Certificate, pair: int) -> int:
    price = certificate.price[problem.pair_colleague[pair]]
    return _gain(problem, certificate, pair) - int(price)
