"""Publishing a draft: it takes people's time and asks them, all in one transaction (SEC-36)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from privacy import audit
from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.calendar_locks import TimeTaken, booking_transaction, lock_calendars
from sparring.bookings.domain.drafts import delete_proposals, locked_draft, name_not_placed
from sparring.bookings.domain.next_pick import use_next_picks
from sparring.bookings.domain.outbox import post_all
from sparring.bookings.domain.rooms import give_room
from sparring.colleagues.calendars import Calendar, read_calendars
from sparring.colleagues.constraints import Rules, read_rules
from sparring.enums import (
    NEVER,
    CaseStatus,
    ExclusionReason,
    NotPlaced,
    ParticipantRole,
    PlanState,
    SessionState,
)
from sparring.models import (
    Case,
    GuestAgreement,
    Participation,
    SparringPlan,
    SparringRequest,
    SparringSession,
)
from sparring.shared import guards
from sparring.states import RequestSteps, SessionSteps

if TYPE_CHECKING:
    from people.models import Employee


@dataclass(frozen=True)
class Published:
    """The plan as published: its booked sessions, and by case's id why some could not be."""

    plan: SparringPlan
    booked: list[SparringSession]
    left: dict[int, NotPlaced]


def publish_plan(*, actor: Employee, plan: SparringPlan, at: datetime | None = None) -> Published:
    """Book every proposal that still can be, and ask its people; name the others.

    What has been taken, or has come to break a rule, since the draft was made is left out, not
    squeezed in. Raises PermissionDenied, or ValidationError for a plan that is no draft.
    """
    with booking_transaction():
        plan = locked_draft(plan, actor)
        moment = guards.moment(at)
        sessions = _locked(plan)
        lock_calendars(
            participation.employee_id
            for session in sessions
            for participation in holding_participations(session)
        )
        booked, left = _book_all(plan, sessions, moment)
        delete_proposals([session for session in sessions if session.case_id in left])
        plan.state, plan.published_at = PlanState.PUBLISHED, moment
        plan.save(update_fields=["state", "published_at"])
        name_not_placed(plan, left)
        use_next_picks(actor=actor, sessions=booked, partners=_partners(booked))
        _tell(booked)
        audit.record(
            actor=actor,
            action="plan.publish",
            target=plan,
            booked=[session.pk for session in booked],
            left=sorted(left),
        )
        return Published(plan, booked, left)


def holding_participations(session: SparringSession) -> list[Participation]:
    """The places of a session from `_locked`, which has them at hand."""
    return list(session.participations.all())


def _partners(sessions: Sequence[SparringSession]) -> list[Employee]:
    return [
        participation.employee
        for session in sessions
        for participation in holding_participations(session)
        if participation.role != ParticipantRole.PRESENTER
    ]


def _locked(plan: SparringPlan) -> list[SparringSession]:
    """The plan's proposals, earliest first; agreements, cases, requests locked, each in order."""
    proposals = plan.sessions.filter(state=SessionState.PROPOSED)
    agreements = GuestAgreement.objects.filter(participations__session__in=proposals).values("pk")
    held = GuestAgreement.objects.select_for_update(no_key=True).filter(pk__in=agreements)
    list(held.order_by("pk"))
    list(Case.objects.select_for_update().filter(sessions__in=proposals).order_by("pk"))
    sparring_requests = SparringRequest.objects.select_for_update()
    list(sparring_requests.filter(sessions__in=proposals).order_by("pk"))
    return list(
        proposals.select_for_update(of=("self",))
        .select_related("case__owner", "case__unit__municipality", "request")
        .prefetch_related("participations__employee__unit__municipality")
        .prefetch_related("participations__agreement", "confirmed_cautions")
        .order_by("starts_at", "pk")
    )


def _book_all(
    plan: SparringPlan, sessions: Sequence[SparringSession], moment: datetime
) -> tuple[list[SparringSession], dict[int, NotPlaced]]:
    people = [
        participation.employee
        for session in sessions
        for participation in holding_participations(session)
    ]
    days = (plan.last_day - plan.first_day).days + 1
    calendars = read_calendars(people, plan.first_day, days)
    rules = read_rules(session.case for session in sessions)
    booked: list[SparringSession] = []
    left: dict[int, NotPlaced] = {}
    for parts in _sessions(sessions):
        trial = {
            participation.employee_id: calendars[participation.employee_id].copy()
            for participation in holding_participations(parts[0])
        }
        why = _first_obstacle(parts, rules, trial, moment) or _book(parts)
        if why is not None:
            left |= dict.fromkeys((part.case_id for part in parts), why)
            continue
        booked += parts
        calendars |= trial
    return booked, left


def _sessions(sessions: Sequence[SparringSession]) -> list[list[SparringSession]]:
    """Each session by itself, the two halves of a group session together, the first one first."""
    booked: dict[int, list[SparringSession]] = {}
    for session in sessions:
        booked.setdefault(session.follows_id or session.pk, []).append(session)
    return list(booked.values())


def _first_obstacle(
    parts: Sequence[SparringSession],
    rules: Rules,
    trial: dict[int, Calendar],
    moment: datetime,
) -> NotPlaced | None:
    """What is in the way of any part; each part's time is noted in the trial calendars."""
    for session in parts:
        why = _obstacle(session, rules, trial, moment)
        if why is not None:
            return why
        for participation in holding_participations(session):
            trial[participation.employee_id].take(
                session.starts_at,
                session.ends_at,
                as_partner=participation.role != ParticipantRole.PRESENTER,
            )
    return None


def _obstacle(
    session: SparringSession,
    rules: Rules,
    calendars: Mapping[int, Calendar],
    moment: datetime,
) -> NotPlaced | None:
    """What has come in the way since the draft; what was confirmed by hand does not count."""
    case, sparring_request = session.case, session.request
    presenter = next(
        e for e in holding_participations(session) if e.role == ParticipantRole.PRESENTER
    )
    stale = (
        any(
            participation.agreement and not participation.agreement.holds
            for participation in holding_participations(session)
        )
        or case.status != CaseStatus.ACTIVE
        or presenter.employee_id != case.owner_id
        or not RequestSteps.BOOK.starts_from(sparring_request.state)
        or session.starts_at <= moment
    )
    if stale:
        return NotPlaced.CHANGED
    confirmed = {(row.employee_id, row.why) for row in session.confirmed_cautions.all()}
    objections = _objections(session, rules, calendars)
    if any(why == ExclusionReason.IN_A_SESSION for _who, why in objections):
        return NotPlaced.TAKEN
    if any(why in NEVER or (who, why.value) not in confirmed for who, why in objections):
        return NotPlaced.CHANGED
    return None


def _objections(
    session: SparringSession, rules: Rules, calendars: Mapping[int, Calendar]
) -> list[tuple[int, ExclusionReason]]:
    found = []
    times = (session.starts_at, session.ends_at)
    group = [participation.employee_id for participation in holding_participations(session)]
    for participation in holding_participations(session):
        if rules.is_at_odds(participation.employee_id, group):
            found.append((participation.employee_id, ExclusionReason.NOT_POSSIBLE))
        calendar, person = calendars[participation.employee_id], participation.employee
        exclusion_reasons = calendar.objections(*times)
        presents = participation.role == ParticipantRole.PRESENTER
        exclusion_reasons += calendar.week_objections(*times, presents=presents)
        if not presents:
            follow_up = rules.is_follow_up(session.case, person)
            exclusion_reasons += calendar.partner_objections(*times, follow_up=follow_up)
            left_out = rules.left_out(session.case, person)
            exclusion_reasons += [left_out] if left_out else []
        found += [(person.pk, why) for why in exclusion_reasons]
    return found


def _book(parts: Sequence[SparringSession]) -> NotPlaced | None:
    """Take the time, of both halves or of none; the database has the last word."""
    try:
        with booking_transaction():
            Participation.objects.filter(session__in=parts).update(holds_time=True)
    except TimeTaken:
        return NotPlaced.TAKEN
    for session in parts:
        before, session.room = session.room, None
        SessionSteps.PUBLISH.take(session)
        session.save(update_fields=["state", "room"])
        give_room(session, holding_participations(session), before=before)
        RequestSteps.BOOK.take(session.request)
        session.request.save(update_fields=["state"])
    return None


def _tell(booked: Sequence[SparringSession]) -> None:
    recompute(session.case for session in booked)
    post_all(
        (
            session,
            [participation.employee for participation in holding_participations(session)],
            "sparring.invited",
        )
        for session in booked
        if session.follows_id is None  # the first half's invitation is for both
    )
