from collections.abc import Callable
from datetime import date, timedelta

import pytest

from renewal.facts import ActionFact, BeliefFact, CaseFacts, Role, Status
from renewal.months import add_months

TODAY = date(2026, 11, 26)
OWNER, PREDECESSOR = 7, 3


class Make:
    """Builders for facts, all seen from one fixed day."""

    today = TODAY
    owner = OWNER
    predecessor = PREDECESSOR

    def ago(self, days: int = 0, months: int = 0) -> date:
        return add_months(TODAY, -months) - timedelta(days=days)

    def belief(self, value: int, days: int = 0, months: int = 0, **rest) -> BeliefFact:
        rest = {"role": Role.CASEWORKER, "employee": OWNER, "because": f"Grund {value}.", **rest}
        return BeliefFact(value=value, registered_on=self.ago(days, months), **rest)

    def citizen(self, value: int, days: int = 0, months: int = 0, **rest) -> BeliefFact:
        return self.belief(value, days, months, role=Role.CITIZEN, employee=None, **rest)

    def started(self, days: int = 0, months: int = 0, **rest) -> ActionFact:
        return ActionFact(started=self.ago(days, months), **rest)

    def case(self, **rest) -> CaseFacts:
        base = {
            "code": "FJ-0217",
            "status": Status.ACTIVE,
            "started": self.ago(months=3),
            "today": TODAY,
            "owner": OWNER,
            "owner_since": rest.get("started", self.ago(months=3)),
        }
        return CaseFacts(**{**base, **rest})

    def calm(self, **rest) -> CaseFacts:
        """A case of two years that no rule hits: change one thing and see one rule speak."""
        base = {
            "started": self.ago(months=24),
            "beliefs": (self.belief(5, days=10), self.citizen(5, days=10)),
            "actions": (self.started(months=1, company=True),),
        }
        return self.case(**{**base, **rest})


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@pytest.fixture(scope="session")
def codes() -> Callable[..., dict[str, int]]:
    """The points by rule of a need or of hits."""

    def read(hits) -> dict[str, int]:
        return {hit.code.value: hit.points for hit in getattr(hits, "hits", hits)}

    return read
