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
    NO_COMMON_TIME = "no_common_time", _("has too little time in common with the caseworker")


# Nobody may choose these, not even by hand.
NEVER = frozenset(
    {Why.OWN_CASE, Why.LINE_MANAGER, Why.OTHER_MUNICIPALITY, Why.INACTIVE, Why.IN_A_TALK}
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
