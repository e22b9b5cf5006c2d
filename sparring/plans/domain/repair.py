"""Do what a repair proposed.

Everything is one transaction, and everybody gets one mail about each session.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.models import Municipality
from privacy import audit
from sparring.bookings.domain.booking import call_off
from sparring.bookings.domain.calendar_locks import booking_transaction, lock_calendars
from sparring.bookings.domain.drafts import require_coordinator
from sparring.bookings.domain.group_sessions import move
from sparring.bookings.domain.next_pick import return_next_picks, use_next_picks
from sparring.bookings.domain.outbox import post
from sparring.bookings.domain.sessions import changed, make_participations, mark_request
from sparring.enums import Answer, ParticipantRole
from sparring.models import Case, Participation, SparringRequest, SparringSession
from sparring.models.json_shapes import MatchExplanation, PairParts
from sparring.plans.repair_proposal import propose
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.states import RequestSteps, SessionSteps

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.plans.proposal import Change, Proposal


def apply_repair(
    *, actor: Employee, municipality: Municipality, key: str, at: datetime | None = None
) -> Proposal:
    """Do the repair that was shown under `key`: seats filled, sessions moved, booked, called off.

    Who leaves a session gets a cancellation, who comes is asked, the others get the change. Raises
    PermissionDenied unless the actor coordinates the municipality; Taken; ValidationError when
    what would be done now is no longer what was shown.
    """
    with booking_transaction():
        require_coordinator(actor, municipality)
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        moment = guards.moment(at)
        _lock(propose(municipality, moment))
        proposal = propose(municipality, moment)
        if not proposal.changes or proposal.key != key:
            raise ValidationError(
                _("Something has changed meanwhile. Look at the proposal again."), code="changed"
            )
        _free_capacity(proposal.changes)
        for change in proposal.changes:
            _apply(change, actor, moment)
        audit.record(
            actor=actor,
            action="plan.repair",
            target=municipality,
            municipality_id=municipality.pk,
            cases=[change.case.pk for change in proposal.changes],
            stuck=len(proposal.stuck),
        )
        return proposal


def _lock(proposal: Proposal) -> None:
    """Cases, requests, sessions, calendars: always in this order."""
    cases = sorted(change.case.pk for change in proposal.changes)
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk"))
    list(SparringRequest.objects.select_for_update().filter(case__in=cases).order_by("pk"))
    sessions = [change.session.pk for change in proposal.changes if change.session]
    list(SparringSession.objects.select_for_update().filter(pk__in=sessions).order_by("pk"))
    lock_calendars(
        person
        for change in proposal.changes
        for person in (
            change.case.owner_id,
            *(one.pk for one in (*change.leaving, *change.coming, *change.staying)),
        )
    )


def _free_capacity(changes: Sequence[Change]) -> None:
    """First everybody gives up what they lose, so that no seat is taken before it is free."""
    for change in changes:
        if change.session is not None:
            change.session.participations.filter(employee__in=change.leaving).update(
                holds_time=False
            )
            if change.moves:
                change.session.participations.update(holds_time=False)


def _apply(change: Change, actor: Employee, moment: datetime) -> None:
    if change.session is None:
        _book(change, actor)
    elif change.starts_at is None:
        call_off(change.session, moment)
        return_next_picks(session=change.session, people=change.leaving)
        record(change.session, actor, "session.cancel", because=change.because.value)
        post(change.session, change.leaving, "sparring.cancelled")
    else:
        _change(change, change.session, actor, change.starts_at)


def _change(change: Change, session: SparringSession, actor: Employee, starts_at: datetime) -> None:
    roles = _drop(session, change.leaving)
    if change.moves:
        people = [change.case.owner_id, *(person.pk for person in change.staying)]
        stay = session.participations.filter(employee__in=people)
        stay.update(holds_time=True, during=(starts_at, starts_at + change.length))
        stay.exclude(role=ParticipantRole.PRESENTER).update(answer=Answer.INVITED, answered_at=None)
        move([session], starts_at)
    else:
        session.calendar_sequence += 1
    _participation(session, change.coming, roles)
    session.repaired_because, session.missing_partners = change.because, change.lacking
    session.presenter_away = False
    session.match_explanation = _explanation(session, change)
    session.save(
        update_fields=[
            "calendar_sequence",
            "repaired_because",
            "missing_partners",
            "presenter_away",
            "match_explanation",
        ]
    )
    record(
        session,
        actor,
        "session.repair",
        because=change.because.value,
        leaving=[person.pk for person in change.leaving],
        coming=[person.pk for person in change.coming],
        moved=change.moves,
    )
    changed(session)
    use_next_picks(actor=actor, sessions=[session], partners=change.coming)
    post(session, change.leaving, "sparring.cancelled")
    post(session, change.coming, "sparring.invited")
    post(session, [change.case.owner, *change.staying], "sparring.changed")


def _drop(session: SparringSession, leaving: Sequence[Employee]) -> list[str]:
    """Remove places; returns their roles, for those who come."""
    make_participations = session.participations.filter(employee__in=leaving).order_by("pk")
    roles = list(make_participations.values_list("role", flat=True))
    make_participations.delete()
    return roles


def _participation(
    session: SparringSession, coming: Sequence[Employee], roles: Sequence[str]
) -> None:
    session.participations.filter(employee__in=coming).delete()  # an earlier no of theirs
    held = session.participations.filter(holds_time=True)
    led = held.filter(role=ParticipantRole.FACILITATOR).exists()
    free = [*roles, *[ParticipantRole.COLLEAGUE] * len(coming)][: len(coming)]
    if not led and ParticipantRole.FACILITATOR not in free:
        free[:1] = [ParticipantRole.FACILITATOR] * bool(free)
    Participation.objects.bulk_create(
        Participation(
            session=session,
            employee=person,
            role=role,
            during=(session.starts_at, session.ends_at),
            holds_time=True,
        )
        for person, role in zip(coming, free, strict=True)
    )


def _explanation(session: SparringSession, change: Change) -> MatchExplanation:
    """Why the people of now."""
    before: MatchExplanation = session.match_explanation
    gone = {str(person.pk) for person in change.leaving}
    kept = {pk: parts for pk, parts in before.get("partners", {}).items() if pk not in gone}
    return {**before, "partners": {**kept, **_partners(change)}}


def _partners(change: Change) -> dict[str, PairParts]:
    return {str(pk): parts for pk, parts in change.parts.items()}


def _book(change: Change, actor: Employee) -> None:
    """A request that waited gets its session, in the plan that its last one belonged to."""
    assert change.starts_at is not None
    before = change.request.sessions.exclude(plan=None).order_by("-pk").first()
    session = SparringSession.objects.create(
        request=change.request,
        case=change.case,
        plan=before.plan if before else None,
        starts_at=change.starts_at,
        ends_at=change.starts_at + change.length,
        length=int(change.length.total_seconds() // 60),
        state=SessionSteps.BOOK.target,
        repaired_because=change.because,
        missing_partners=change.lacking,
        match_explanation=MatchExplanation(partners=_partners(change)),
        calendar_uid=uuid4(),
    )
    Participation.objects.bulk_create(make_participations(session, change.coming, holds_time=True))
    mark_request(change.request, RequestSteps.BOOK)
    record(
        session, actor, "session.book", partners=[person.pk for person in change.coming], despite=0
    )
    changed(session)
    use_next_picks(actor=actor, sessions=[session], partners=change.coming)
    post(session, [change.case.owner, *change.coming], "sparring.invited")
