"""What every verb about a talk needs: its rows locked in one order, its places, its traces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy import audit
from sparring.enums import Answer, ParticipantRole, RequestState, SessionState
from sparring.models import Participation, SparringRequest, SparringSession

from . import checks
from .needs import recompute

if TYPE_CHECKING:
    from people.models import Employee


def places(
    session: SparringSession, partners: Sequence[Employee], *, holds_time: bool
) -> list[Participation]:
    """The presenter's and the partners' places, not yet saved; the first partner leads the talk."""
    roles = [ParticipantRole.FACILITATOR, *[ParticipantRole.COLLEAGUE] * len(partners)]
    people = [(session.case.owner, ParticipantRole.PRESENTER), *zip(partners, roles, strict=False)]
    return [
        Participation(
            session=session,
            employee=employee,
            role=role,
            answer=Answer.YES if role == ParticipantRole.PRESENTER else Answer.INVITED,
            during=(session.starts_at, session.ends_at),
            holds_time=holds_time,
        )
        for employee, role in people
    ]


def draft_of(session: SparringSession) -> int | None:
    """The id of the draft that a proposal belongs to; None for a talk that holds its time."""
    return session.plan_id if session.state == SessionState.PROPOSED else None


def locked_session(session: SparringSession) -> SparringSession:
    """The session's fresh row, after its case's: always in this order."""
    case = checks.locked(session.case)
    fresh = SparringSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    fresh.case = case
    return fresh


def seats_of(session: SparringSession) -> list[Participation]:
    """The places that hold time (in a draft: all), presenter first, each with its employee."""
    seats = session.participations.select_related("employee__unit__municipality").order_by("pk")
    if session.state != SessionState.PROPOSED:
        seats = seats.filter(holds_time=True)
    return sorted(seats, key=lambda each: each.role != ParticipantRole.PRESENTER)


def partners_of(seats: Sequence[Participation]) -> list[Employee]:
    return [each.employee for each in seats if each.role != ParticipantRole.PRESENTER]


def require_planned(session: SparringSession) -> None:
    """Raise ValidationError unless the talk is planned and has not begun."""
    if session.state != SessionState.PLANNED:
        raise ValidationError(_("The talk is not planned any more."), code="not_planned")


def mark_request(request: SparringRequest, state: RequestState) -> None:
    request.state = state
    request.save(update_fields=["state"])


def changed(session: SparringSession) -> None:
    """After who comes, or when, has changed: the need is worked out anew, search is told."""
    recompute([session.case])


def record(session: SparringSession, actor: Employee | None, verb: str, **details: Any) -> None:
    audit.record(
        actor=actor,
        action=verb,
        target=session,
        municipality_id=session.case.municipality_id,
        case=session.case_id,
        **details,
    )
