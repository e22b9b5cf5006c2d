"""What a repair would do, session by session.

For the screen and for `sparring.plans.domain.repair`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.enums import RepairReason
    from sparring.models import Case, SparringRequest, SparringSession
    from sparring.models.json_shapes import PairParts

    from .gaps import Gap


@dataclass(frozen=True)
class Change:
    """What a repair does to one session. starts_at: None when it is called off."""

    case: Case
    request: SparringRequest
    session: SparringSession | None
    because: RepairReason
    leaving: tuple[Employee, ...]
    coming: tuple[Employee, ...]
    staying: tuple[Employee, ...]
    starts_at: datetime | None
    length: timedelta
    parts: dict[int, PairParts] = field(default_factory=dict)
    lacking: int = 0

    @property
    def moves(self) -> bool:
        """Whether a booked session gets another time."""
        return bool(self.session and self.starts_at and self.session.starts_at != self.starts_at)


@dataclass(frozen=True)
class Proposal:
    """A whole repair; `stuck` are the sessions and requests for which nobody has been found."""

    changes: tuple[Change, ...]
    stuck: tuple[Gap, ...]

    @property
    def key(self) -> str:
        """The same for the same changes: what was shown is what is done."""
        lines = [
            f"{change.case.pk}:{change.session.pk if change.session else ''}:{change.starts_at}:"
            f"{sorted(one.pk for one in change.leaving)}:{sorted(one.pk for one in change.coming)}"
            for change in self.changes
        ]
        return sha256("\n".join(lines).encode()).hexdigest()[:32]
