"""A plan is made as a draft: it is looked at, changed by hand (`changes`), and published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import Municipality
from privacy import audit
from sparring.bookings.domain.drafts import discard_plan, require_coordinator
from sparring.bookings.domain.rooms import propose_rooms
from sparring.bookings.domain.sessions import make_participations
from sparring.colleagues.affinity import themes_of_case
from sparring.colleagues.calendars import read_calendars
from sparring.colleagues.candidate_pairs import Window, free_starts, read_pool
from sparring.colleagues.constraints import candidates
from sparring.colleagues.exchange import Exchanges
from sparring.colleagues.explanations import explanation_of, loads_of, participations_in_month
from sparring.colleagues.solve import Run, certificate, run
from sparring.enums import NotPlaced, ParticipantRole, PlanState
from sparring.models import (
    MOST_PARTNERS,
    Case,
    Participation,
    PlanLoad,
    PlanWaiting,
    SparringPlan,
    SparringRequest,
    SparringSession,
    UnplacedCase,
)
from sparring.plans.case_selection import Choice, Wanted, capacity_of_units, choose, wanted_cases
from sparring.shared import guards
from sparring.states import RequestSteps, SessionSteps

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.colleagues.time_slots import Placed

LONGEST_WINDOW = 42


@transaction.atomic
def make_plan(
    *,
    actor: Employee,
    municipality: Municipality,
    first_day: date,
    days: int = 14,
    partners: int = 1,
    at: datetime | None = None,
) -> SparringPlan:
    """Propose a session for every case that is due or asked for, as far as there is room.

    The draft takes nobody's time and tells nobody. It replaces the municipality's earlier drafts,
    whose pairs it prefers to keep. `partners` is how many colleagues a case gets that nobody has
    asked for; a request says its own number. Raises PermissionDenied unless the actor coordinates
    the municipality, ValidationError for a window that cannot be.
    """
    moment = guards.moment(at)
    require_coordinator(actor, municipality)
    _check_window(first_day, days, partners, guards.local_day(at))
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    agreed = _replace_drafts(municipality, actor)
    window = Window(first_day, days, moment)
    result, choice, before = _run(municipality, window, partners, agreed)
    plan = SparringPlan.objects.create(
        municipality=municipality,
        created_by=actor,
        first_day=first_day,
        last_day=window.last_day,
        partners=partners,
        certificate=certificate(result),
    )
    unplaced = _keep_figures(plan, result, choice, before)
    _propose(plan, result, choice.wanted, actor)
    audit.record(
        actor=actor,
        action="plan.make",
        target=plan,
        placed=len(result.placed),
        unplaced=len(unplaced),
        waiting=sum(choice.waiting.values()),
    )
    return plan


def _run(
    municipality: Municipality, window: Window, partners: int, agreed: dict[int, set[int]]
) -> tuple[Run, Choice, dict[int, int]]:
    wanted = wanted_cases(municipality)
    guests = any(wanted_case.request and wanted_case.request.allow_guest for wanted_case in wanted)
    askable = candidates(municipality.pk, guests=guests)
    owners = [wanted_case.case.owner for wanted_case in wanted]
    people = list({person.pk: person for person in (*askable, *owners)}.values())
    calendars = read_calendars(people, window.first_day, window.days)
    before = participations_in_month(calendars)
    _starts, free = free_starts(window, people, calendars)
    has_time = frozenset(person.pk for person, row in zip(people, free, strict=True) if row.any())
    room = capacity_of_units(municipality, window.first_day, window.days)
    choice = choose(wanted, has_time, room)
    pool = read_pool(
        window,
        [wanted_case.case for wanted_case in choice.wanted],
        people,
        askable=frozenset(person.pk for person in askable),
        calendars=calendars,
        hits={wanted_case.case.pk: wanted_case.hits for wanted_case in choice.wanted},
    )
    participation = {person.pk: index for index, person in enumerate(people)}
    pairs = [
        (row, participation[person])
        for row, wanted_case in enumerate(choice.wanted)
        for person in sorted(agreed.get(wanted_case.case.pk, ()))
        if person in participation
    ]
    result = run(
        pool,
        need=[wanted_case.need(partners) for wanted_case in choice.wanted],
        lengths=[wanted_case.length for wanted_case in choice.wanted],
        agreed=pairs,
    )
    return result, choice, before


def _propose(plan: SparringPlan, result: Run, wanted: Sequence[Wanted], actor: Employee) -> None:
    """Store the proposals: sessions nobody sees but the coordinator, places that hold no time."""
    match = result.solved.match
    exchanges = Exchanges(result.problem, match.certificate, match.chosen)
    requests, made = _requests_for(result.placed, wanted, actor, plan.partners)
    sessions = [
        SparringSession(
            request=requests[placed.case],
            case=wanted[placed.case].case,
            plan=plan,
            starts_at=placed.starts_at,
            ends_at=placed.ends_at,
            length=int(placed.length.total_seconds() // 60),
            state=SessionSteps.PROPOSE.target,
            made_request=placed.case in made,
            as_matched=placed.as_matched,
            match_explanation=explanation_of(
                result, placed, themes_of_case(wanted[placed.case].hits), exchanges
            ),
            calendar_uid=uuid4(),
        )
        for placed in result.placed
    ]
    people = result.pool.people
    participations = [
        make_participations(
            session, [people[partner] for partner in placed.partners], holds_time=False
        )
        for session, placed in zip(sessions, result.placed, strict=True)
    ]
    propose_rooms(sessions, participations)
    SparringSession.objects.bulk_create(sessions)
    Participation.objects.bulk_create(
        participation for team in participations for participation in team
    )


def _requests_for(
    placed: Sequence[Placed], wanted: Sequence[Wanted], actor: Employee, partners: int
) -> tuple[dict[int, SparringRequest], set[int]]:
    """The request of every placed case, made where the rules alone ask; which ones were made."""
    requests = {placement.case: wanted[placement.case].request for placement in placed}
    missing = [case for case, sparring_request in requests.items() if sparring_request is None]
    made = SparringRequest.objects.bulk_create(
        SparringRequest(
            case=wanted[case].case,
            created_by=actor,
            reasons=[hit.code.value for hit in wanted[case].hits],
            partners=partners,
            state=RequestSteps.MAKE.target,
        )
        for case in missing
    )
    found = {
        case: sparring_request
        for case, sparring_request in requests.items()
        if sparring_request is not None
    }
    requested = [
        sparring_request.pk
        for sparring_request in found.values()
        if RequestSteps.LIST.starts_from(sparring_request.state)
    ]
    SparringRequest.objects.filter(pk__in=requested).update(state=RequestSteps.LIST.target)
    return found | dict(zip(missing, made, strict=True)), set(missing)


def _keep_figures(
    plan: SparringPlan, result: Run, choice: Choice, before: dict[int, int]
) -> list[UnplacedCase]:
    """Store how full everybody was and how many cases wait.

    Returns the cases that got no session, which are stored too.
    """
    loads = loads_of(result.pool, before, result.placed)
    for load in loads:
        load.plan = plan
    PlanLoad.objects.bulk_create(loads)
    PlanWaiting.objects.bulk_create(
        PlanWaiting(plan=plan, unit_id=unit, cases=count) for unit, count in choice.waiting.items()
    )
    return UnplacedCase.objects.bulk_create(_not_placed(plan, result, choice))


def _not_placed(plan: SparringPlan, result: Run, choice: Choice) -> list[UnplacedCase]:
    """Every case that got no session, with who is full."""
    cases: Sequence[Case] = result.pool.cases
    people = result.pool.people
    full = [
        UnplacedCase(
            plan=plan,
            case=cases[unplaced.case],
            why=unplaced.why,
            colleagues=[people[index].pk for index in unplaced.colleagues],
        )
        for unplaced in result.unplaced
    ]
    away = [
        UnplacedCase(
            plan=plan,
            case=wanted.case,
            why=NotPlaced.PRESENTER_AWAY,
            colleagues=[wanted.case.owner_id],
        )
        for wanted in choice.away
    ]
    return [*full, *away]


def _replace_drafts(municipality: Municipality, actor: Employee) -> dict[int, set[int]]:
    """Discard the drafts there are; returns their pairs: partners' ids by the case's."""
    agreed: dict[int, set[int]] = {}
    for plan in SparringPlan.objects.filter(municipality=municipality, state=PlanState.DRAFT):
        pairs = Participation.objects.filter(session__plan=plan).exclude(
            role=ParticipantRole.PRESENTER
        )
        for case, person in pairs.values_list("session__case", "employee"):
            agreed.setdefault(case, set()).add(person)
        discard_plan(actor=actor, plan=plan)
    return agreed


def _check_window(first_day: date, days: int, partners: int, today: date) -> None:
    if first_day < today:
        raise ValidationError({"first_day": _("Choose today or a day that lies ahead.")})
    if not 1 <= days <= LONGEST_WINDOW:
        raise ValidationError({"days": _("Choose 1 to 42 days.")})
    if not 1 <= partners <= MOST_PARTNERS:
        raise ValidationError({"partners": _("Choose one to three colleagues.")})
