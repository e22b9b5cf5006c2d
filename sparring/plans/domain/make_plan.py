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
from sparring.bookings.domain.drafts import discard_plan, locked_draft, require_coordinator
from sparring.bookings.domain.rooms import propose_rooms
from sparring.bookings.domain.sessions import make_participations
from sparring.colleagues.affinity import themes_of_case
from sparring.colleagues.candidate_pairs import Window
from sparring.colleagues.exchange import Exchanges
from sparring.colleagues.explanations import explanation_of
from sparring.colleagues.solve import Run, certificate, run
from sparring.enums import NotPlaced, PlanState
from sparring.models import (
    MOST_PARTNERS,
    Case,
    Participation,
    PlanWaiting,
    SparringPlan,
    SparringRequest,
    SparringSession,
    UnplacedCase,
)
from sparring.plans.solving import pairs_of, read_window
from sparring.shared import guards
from sparring.states import RequestSteps, SessionSteps

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.colleagues.time_slots import Placed
    from sparring.plans.case_selection import Choice, Wanted

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
    asked = read_window(municipality, window, partners, agreed=agreed)
    result, choice = run(asked.question), asked.choice
    plan = SparringPlan.objects.create(
        municipality=municipality,
        created_by=actor,
        first_day=first_day,
        last_day=window.last_day,
        partners=partners,
        certificate=certificate(result, problem=asked.fingerprint),
    )
    unplaced = _keep_not_placed(plan, result, choice)
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


@transaction.atomic
def solve_again(*, actor: Employee, plan: SparringPlan, at: datetime | None = None) -> SparringPlan:
    """Solve a draft anew for what is left of its days, as the world is now; a new one replaces it.

    Changes by hand are not kept, but the pairs are where nothing is lost by it. Raises what
    `make_plan` does, and ValidationError for a plan that is no draft any more.
    """
    plan = locked_draft(plan, actor)
    first_day = max(plan.first_day, guards.local_day(at))
    return make_plan(
        actor=actor,
        municipality=plan.municipality,
        first_day=first_day,
        days=max((plan.last_day - first_day).days + 1, 0),
        partners=plan.partners,
        at=at,
    )


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


def _keep_not_placed(plan: SparringPlan, result: Run, choice: Choice) -> list[UnplacedCase]:
    """Store how many cases wait, and the cases that got no session; returns the latter."""
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
    beyond = [
        UnplacedCase(
            plan=plan,
            case=wanted.case,
            why=NotPlaced.PRESENTER_FULL,
            colleagues=[wanted.case.owner_id],
        )
        for wanted in choice.full
    ]
    return [*full, *away, *beyond]


def _replace_drafts(municipality: Municipality, actor: Employee) -> dict[int, set[int]]:
    """Discard the drafts there are; returns their pairs: partners' ids by the case's."""
    drafts = list(SparringPlan.objects.filter(municipality=municipality, state=PlanState.DRAFT))
    agreed = pairs_of(drafts)
    for plan in drafts:
        discard_plan(actor=actor, plan=plan)
    return agreed


def _check_window(first_day: date, days: int, partners: int, today: date) -> None:
    if first_day < today:
        raise ValidationError({"first_day": _("Choose today or a day that lies ahead.")})
    if not 1 <= days <= LONGEST_WINDOW:
        raise ValidationError({"days": _("Choose 1 to 42 days.")})
    if not 1 <= partners <= MOST_PARTNERS:
        raise ValidationError({"partners": _("Choose one to three colleagues.")})
