"""What every verb about a session needs: its rows locked in one order, its places, its traces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sparring.beliefs.domain.needs import recompute
from sparring.colleagues.queries.guests import agreements_by_guest_home
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import (
    ConfirmedCaution,
    GuestAgreement,
    Participation,
    SparringRequest,
    SparringSession,
)
from sparring.shared import guards

if TYPE_CHECKING:
    from kb.states import Step
    from people.models import Employee
    from sparring.colleagues.exclusion_reasons import Caution


def make_participations(
    session: SparringSession, partners: Sequence[Employee], *, holds_time: bool
) -> list[Participation]:
    """The presenter's and the partners' places, not yet saved; the first partner leads the session.

    A guest never leads: when only guests come, whoever brings the case does.
    """
    home = session.case.municipality_id
    roles = [ParticipantRole.FACILITATOR, *[ParticipantRole.COLLEAGUE] * len(partners)]
    ours = [person for person in partners if person.municipality_id == home]
    agreements = agreements_of_guests(session, partners)
    people = [
        (session.case.owner, ParticipantRole.PRESENTER),
        *zip(ours, roles, strict=False),
        *((person, ParticipantRole.GUEST) for person in partners if person not in ours),
    ]
    return [
        Participation(
            session=session,
            employee=employee,
            role=role,
            agreement=agreements.get(employee.pk),
            answer=Answer.YES if role == ParticipantRole.PRESENTER else Answer.INVITED,
            during=(session.starts_at, session.ends_at),
            holds_time=holds_time,
        )
        for employee, role in people
    ]


def agreements_of_guests(
    session: SparringSession, partners: Sequence[Employee]
) -> dict[int, GuestAgreement]:
    """By the guest's id, the agreement they come under; no query when nobody is a guest."""
    home = session.case.municipality_id
    homes = {
        person.pk: person.municipality_id for person in partners if person.municipality_id != home
    }
    if not homes:
        return {}
    found = agreements_by_guest_home(home, {pk for pk in homes.values() if pk is not None})
    return {pk: found[other] for pk, other in homes.items() if other in found}


def hold_agreements(municipality_id: int, partners: Sequence[Employee]) -> None:
    """Wait until nobody is ending an agreement that a guest among the partners comes under.

    Taken before any case is locked; whoever ends an agreement takes it in the same order.
    """
    homes = {person.municipality_id for person in partners} - {municipality_id, None}
    if homes:
        rows = agreements_by_guest_home(municipality_id, {pk for pk in homes if pk}).values()
        locked = GuestAgreement.objects.select_for_update(no_key=True)
        list(locked.filter(pk__in=[agreement.pk for agreement in rows]).order_by("pk"))


def draft_of(session: SparringSession) -> int | None:
    """The id of the draft that a proposal belongs to; None for a session that holds its time."""
    return session.plan_id if session.state == SessionState.PROPOSED else None


def locked_session(session: SparringSession) -> SparringSession:
    """The session's fresh row, after its case's: always in this order."""
    case = guards.locked(session.case)
    fresh = SparringSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    fresh.case = case
    return fresh


def participations_of(session: SparringSession) -> list[Participation]:
    """The places that hold time (in a draft: all), presenter first, each with its employee."""
    participations = session.participations.select_related("employee__unit__municipality").order_by(
        "pk"
    )
    if session.state != SessionState.PROPOSED:
        participations = participations.filter(holds_time=True)
    return sorted(
        participations, key=lambda participation: participation.role != ParticipantRole.PRESENTER
    )


def partners_of(participations: Sequence[Participation]) -> list[Employee]:
    """Everybody who participates but does not present the case, in the order given."""
    return [
        participation.employee
        for participation in participations
        if participation.role != ParticipantRole.PRESENTER
    ]


def choose_other_facilitator(participations: Sequence[Participation]) -> None:
    """When nobody leads the session any more, the next colleague does."""
    colleagues = [
        participation
        for participation in participations
        if participation.role == ParticipantRole.COLLEAGUE
    ]
    if colleagues and not any(
        participation.role == ParticipantRole.FACILITATOR for participation in participations
    ):
        colleagues[0].role = ParticipantRole.FACILITATOR
        colleagues[0].save(update_fields=["role"])


def require_planned(session: SparringSession) -> None:
    """Raise ValidationError unless the session is planned and has not begun."""
    if session.state != SessionState.PLANNED:
        raise ValidationError(_("The session is not planned any more."), code="not_planned")


def add_missing(session: SparringSession, partners: int) -> None:
    """Count partners who fall out of a session that stands (or, below 0, come back to it)."""
    session.missing_partners = max(session.missing_partners + partners, 0)
    session.save(update_fields=["missing_partners"])


def keep_confirmed(session: SparringSession, cautions: Iterable[Caution]) -> None:
    """Remember what somebody has overruled, so that publishing does not count it again."""
    ConfirmedCaution.objects.bulk_create(
        [
            ConfirmedCaution(session=session, employee_id=caution.employee_id, why=caution.why)
            for caution in cautions
        ],
        ignore_conflicts=True,
    )


def mark_request(sparring_request: SparringRequest, step: Step) -> None:
    """Take the step and save the request's state."""
    step.take(sparring_request)
    sparring_request.save(update_fields=["state"])


def changed(session: SparringSession) -> None:
    """After who comes, or when, has changed: the need is worked out anew, search is told."""
    recompute([session.case])
