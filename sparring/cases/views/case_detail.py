"""`/sager/<code>/`: one case: why it needs a look, both beliefs, what was done, what comes next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone

from privacy import audit
from privacy.http import no_store
from renewal import Band, belief_state, local_date
from renewal.company import company_view
from renewal.texts import arithmetic
from sparring.beliefs.belief_chart import belief_figure
from sparring.beliefs.queries.beliefs import (
    newest_of,
    shown_to_owner,
    standing_beliefs,
)
from sparring.beliefs.queries.facts import BOOKED, HELD, facts_for
from sparring.beliefs.queries.needs import hits_of
from sparring.beliefs.views.lookup import case_or_404
from sparring.bookings.domain.requests import OPEN_STATES
from sparring.colleagues.queries.guests import guest_homes
from sparring.enums import ByRole, CaseStatus
from sparring.handovers.queries.handovers import handover_of
from sparring.models.threshold_lookup import thresholds_of
from sparring.plans.queries.waiting import rank_of
from sparring.sessions.queries.sessions import hides_beliefs
from sparring.strengths.queries.strengths import profile_of

from .rows import TONES, held_back_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest
    from people.models import Employee
    from sparring.models import Action, Case, RenewalNeed, SparringSession


@no_store
def case_detail(request: EmployeeRequest, code: str) -> HttpResponse:
    """The case's page; beliefs are kept from a partner until their session's bids are opened."""
    employee = request.user
    case = case_or_404(employee, code)
    audit.record(actor=employee, action="case.view", target=case)
    owns = case.owner_id == employee.pk
    hidden = not owns and hides_beliefs(case, employee)
    sessions = _sessions(case)
    sparring_request = case.requests.select_related("case").filter(state__in=OPEN_STATES).first()
    context = {
        "case": case,
        "owns": owns,
        "open": case.status != CaseStatus.CLOSED,
        "beliefs_hidden": hidden,
        "session": next((session for session in sessions if session.state in BOOKED), None),
        "actions": _actions(case),
        "profile": profile_of(case),
        "sparring_request": sparring_request,
        "rank": rank_of(sparring_request) if sparring_request is not None and owns else None,
        "guests_possible": owns
        and bool(sparring_request)
        and bool(guest_homes(case.municipality_id)),
        "today": timezone.localdate(),
        "handover": handover_of(case) if owns else None,
        **_company_context(case),
    }
    if not hidden:
        context |= _belief_context(case, employee, sessions)
        context |= _need_context(case, owns=owns, blind=context["blind"])
    return render(request, "sparring/cases/detail.html", context)


def _sessions(case: Case) -> list[SparringSession]:
    states = [*HELD, *BOOKED]
    return list(case.sessions.filter(state__in=states).order_by("starts_at"))


def _actions(case: Case) -> list[Action]:
    rows = case.actions.select_related("responsible", "offer__alternative", "outcome_of__follow_up")
    return list(rows.prefetch_related("parallel_with"))


def _belief_context(
    case: Case, employee: Employee, sessions: list[SparringSession]
) -> dict[str, Any]:
    """The bids, their figure, the newest of both, and which of one's own can be put right."""
    beliefs, blind = standing_beliefs(case), False
    if case.owner_id == employee.pk:
        beliefs, blind = shown_to_owner(case, beliefs)
    own, citizen = newest_of(beliefs, ByRole.CASEWORKER), newest_of(beliefs, ByRole.CITIZEN)
    today = timezone.localdate()
    held: list[date] = [
        local_date(session.starts_at) for session in sessions if session.state in HELD
    ]
    return {
        "beliefs": beliefs,
        "figure": belief_figure(case.code, beliefs, held, today=today),
        "own_belief": own,
        "citizen_belief": citizen,
        "blind": blind,
        "own_state": belief_state(own.meant_on if own else None, today, thresholds_of(case.unit)),
        "correctable": {
            row.pk for row in (own, citizen) if row and row.by_employee_id == employee.pk
        },
        "can_reaffirm": own is not None and own.by_employee_id == employee.pk,
    }


def _company_context(case: Case) -> dict[str, Any]:
    """How the case stands with a workplace: read off the actions, never a belief."""
    facts = facts_for([case], today=timezone.localdate())[case.pk]
    return {"company": company_view(facts, thresholds_of(case.unit))}


def _need_context(case: Case, *, owns: bool, blind: bool) -> dict[str, Any]:
    need: RenewalNeed | None = getattr(case, "need", None)
    if (
        need is None or blind
    ):  # every reason, and how urgent it is, could tell the predecessor's bid
        return {"need": need}
    hits = hits_of(need)
    due = not need.held_back and need.band != Band.NONE
    return {
        "need": need,
        "due": due,
        "reasons": [(hit.label(), hit.text(to_owner=owns), hit.points) for hit in hits],
        "arithmetic": arithmetic([hit.points for hit in hits], need.score),
        "tone": TONES.get(need.band, ""),
        "held_back": held_back_words(case, need),
        "can_snooze": owns and due and need.snoozes < thresholds_of(case.unit).snooze_most_times,
    }
