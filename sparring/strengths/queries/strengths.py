"""What is written of a citizen's strengths: for the case's page, the session and the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparring.models import Strength, WayToMeet

if TYPE_CHECKING:
    from sparring.models import Case


@dataclass(frozen=True)
class Profile:
    """The strengths in the order in which they were written, and how the citizen is best met."""

    strengths: list[Strength]
    motivates: str = ""
    how_to_meet: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.strengths or self.motivates or self.how_to_meet)


def profile_of(case: Case) -> Profile:
    """What is written of the case's citizen, in two queries."""
    way = WayToMeet.objects.filter(case=case).first()
    strengths = list(Strength.objects.filter(case=case))
    if way is None:
        return Profile(strengths)
    return Profile(strengths, way.motivates, way.how_to_meet)
