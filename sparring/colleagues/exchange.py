"""What another colleague for a case would cost the whole, exactly: the cheapest chain of moves.

The certificate's prices give a lower bound only, often 0 where seats are spare. Here a case moves
from a to b, and everybody else may move on along the cheapest way back to balance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.load import seats_of
from matching.problem import SCALE, Ints, Problem

if TYPE_CHECKING:
    from matching.certificate import Certificate

_FAR = 1 << 50


class Exchanges:
    """The cheapest chains between colleagues of one match; m³ steps, once for a plan."""

    def __init__(self, problem: Problem, proof: Certificate, chosen: Ints) -> None:
        self.problem = problem
        self.gain = problem.affinity.astype(np.int64) + proof.stay_bonus * problem.agreed
        self.distance = self._moves(proof, chosen)
        self._add_seats(proof, chosen)
        for middle in range(len(self.distance)):
            by_way = self.distance[:, middle, None] + self.distance[None, middle, :]
            np.minimum(self.distance, by_way, out=self.distance)

    def loses(self, partners: tuple[int, ...], other: int) -> float | None:
        """What the whole loses (affinity, ≥ 0) when the pair `other` takes the place of a partner.

        `partners` and `other` are pairs (indices) of one case; the cheapest place is taken. None
        when somebody else would then lack a colleague that fits as well as everybody was promised.
        """
        coming = int(self.problem.pair_colleague[other])
        cost = min(
            int(self.gain[held] - self.gain[other])
            + int(self.distance[coming, self.problem.pair_colleague[held]])
            for held in partners
        )
        return max(cost, 0) / SCALE if cost < _FAR // 2 else None

    def _moves(self, proof: Certificate, chosen: Ints) -> Ints:
        """What it costs that one case of a colleague goes to another; the last place is spare."""
        problem, people = self.problem, self.problem.colleagues
        distance = np.full((people + 1, people + 1), _FAR, np.int64)
        np.fill_diagonal(distance, 0)
        usable = problem.affinity >= proof.floor
        usable[chosen] = False
        for pair in chosen.tolist():
            row = problem.row(int(problem.pair_case[pair]))
            free = np.flatnonzero(usable[row]) + row.start
            here = distance[problem.pair_colleague[pair]]
            np.minimum.at(here, problem.pair_colleague[free], self.gain[pair] - self.gain[free])
        return distance

    def _add_seats(self, proof: Certificate, chosen: Ints) -> None:
        """One more seat of a colleague, and one less, as ways to and from the spare place."""
        people = self.problem.colleagues
        seats = seats_of(self.problem, proof.capacity, proof.load_weight, need=proof.need)
        load = np.bincount(self.problem.pair_colleague[chosen], minlength=people)
        self.distance[:people, people] = seats.next_cost(load, _FAR)
        self.distance[people, :people] = np.where(load > 0, -seats.last_cost(load), _FAR)
