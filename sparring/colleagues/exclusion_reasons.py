"""Why somebody is not chosen by the plan (docs/domain.md B4 "Colleagues")."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """A reason to leave a colleague out; the sentences go on after the colleague's name."""

    OWN_CASE = "own_case", _("has the case")
    LINE_MANAGER = "line_manager", _("is the caseworker’s line manager")
    OTHER_MUNICIPALITY = "other_municipality", _("belongs to another municipality")
    INACTIVE = "inactive", _("is no longer active here")
    IN_A_TALK = "in_a_talk", _("is in another talk at that time")
    EARLIER_OWNER = "earlier_owner", _("has had the case before")
    DECLINED = "declined", _("has said no to this talk")
    AWAY = "away", _("is away that day")
    FOLLOW_UPS_ONLY = "follow_ups_only", _("takes follow-ups only that day")
    OVER_CAP = "over_cap", _("has as many talks as wanted in that period")
    OUTSIDE_HOURS = "outside_hours", _("does not work at that time")
    BUSY = "busy", _("is busy with something else at that time")
    # Too little time in common, or a conflict that somebody has declared: the same words for both,
    # so that nobody learns who has declared what. What is stored never tells them apart either.
    NOT_POSSIBLE = "no_common_time", _("cannot be in this talk in the period")


class NotPlaced(models.TextChoices):
    """Why a case that is due has no talk in a plan."""

    NOBODY = (
        "nobody",
        _("No colleague may take it: too close to the case, away, or no common time."),
    )
    FULL = "full", _("Those who could take it have no room left.")
    NO_TIME = "no_time", _("No time suits both the caseworker and a colleague within their limits.")
    PRESENTER_AWAY = "presenter_away", _("The caseworker has no free time in the period.")
    REMOVED = "removed", _("Taken out by hand.")
    TAKEN = "taken", _("The time was taken by another talk meanwhile.")
    CHANGED = "changed", _("The case or its wish has changed meanwhile.")


# Nobody may choose these, not even by hand.
NEVER = frozenset(
    {
        Why.OWN_CASE,
        Why.LINE_MANAGER,
        Why.OTHER_MUNICIPALITY,
        Why.INACTIVE,
        Why.IN_A_TALK,
        Why.NOT_POSSIBLE,
    }
)


@dataclass(frozen=True)
class Caution:
    """Something to think of before choosing somebody by hand."""

    employee_id: int
    name: str
    why: Why

    @property
    def text(self) -> str:
        return f"{self.name} {Why(self.why).label}."

    @property
    def refusal(self) -> str:
        """The same words whatever nobody may overrule, so that a quiet exception is not told."""
        return f"{self.name} {Why.NOT_POSSIBLE.label}."
