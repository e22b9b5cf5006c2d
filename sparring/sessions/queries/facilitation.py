"""Who drives a session, and whether they are there (docs/domain.md B4, docs/decisions/0023)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sparring.enums import ParticipantRole
from sparring.models.access_rule import access_is_active

if TYPE_CHECKING:
    from sparring.models import Participation, SparringSession

GONE_AFTER = timedelta(minutes=2)
# Who drives when nobody has been given it: the leader, else whoever brings the case, else the next.
_ORDER = (ParticipantRole.FACILITATOR, ParticipantRole.PRESENTER, ParticipantRole.COLLEAGUE)


def may_drive(session: SparringSession) -> list[Participation]:
    """Those in the session who may drive it, its leader first: all but guests."""
    participations = session.participations.filter(
        access_is_active(), role__in=_ORDER
    ).select_related("employee")
    return sorted(
        participations,
        key=lambda participation: (
            _ORDER.index(ParticipantRole(participation.role)),
            participation.pk,
        ),
    )


def driver_of(session: SparringSession) -> Participation | None:
    """Whoever was given the lead while their access lasts, else the session's leader."""
    return driver_among(session, may_drive(session))


def driver_among(
    session: SparringSession, participations: list[Participation]
) -> Participation | None:
    """The same of places that are read already, as `may_drive` orders them."""
    given = (
        participation
        for participation in participations
        if participation.employee_id == session.led_by_id
    )
    return next(given, next(iter(participations), None))


def is_gone(session: SparringSession, driver: Participation | None, *, at: datetime) -> bool:
    """Whether the driver's page has not been open for two minutes, counted from the beginning."""
    if driver is None:
        return True
    moments = [moment for moment in (driver.seen_at, session.started_at) if moment is not None]
    return not moments or at - max(moments) > GONE_AFTER
