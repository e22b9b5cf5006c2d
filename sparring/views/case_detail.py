"""`/sager/<code>/`: one case: why it needs a look, both beliefs, what was done, what comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from people.models import Employee
from privacy import audit
from privacy.http import no_store
from sparring.domain.requests import OPEN_STATES
from sparring.enums import ByRole, CaseStatus
from sparring.figures import belief_figure
from sparring.models import Action, Belief, Case, RenewalNeed, SparringSession
from sparring.queries.facts import BOOKED, HELD
from sparring.queries.guests import guest_homes
from sparring.queries.needs import hits_of
from sparring.queries.talks import hides_beliefs
from sparring.renewal import Band, HeldBack, belief_state, local_date
from sparring.renewal.texts import arithmetic, held_back_text

from .finding import case_or_404, employee_of
from .rows import TONES


@no_store
def case_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The case's page; beliefs are kept from a partner until their talk's bids are opened."""
    employee = employee_of(request)
    case = case_or_404(employee, code)
    audit.record(actor=employee, action="case.view", target=case)
    owns = case.owner_id == employee.pk
    hidden = not owns and hides_beliefs(case, employee)
    talks = _talks(case)
    wish = case.requests.filter(state__in=OPEN_STATES).first()
    context = {
        "case": case,
        "owns": owns,
        "open": case.status != CaseStatus.CLOSED,
        "beliefs_hidden": hidden,
        "talk": next((talk for talk in talks if talk.state in BOOKED), None),
        "actions": _actions(case),
        "wish": wish,
        "guests_possible": owns and bool(wish) and bool(guest_homes(case.municipality_id)),
        "today": timezone.localdate(),
        **({} if hidden else _belief_context(case, employee, talks)),
        **({} if hidden else _need_context(case, owns)),
    }
    return render(request, "sparring/cases/detail.html", context)


def _talks(case: Case) -> list[SparringSession]:
    states = [*HELD, *BOOKED]
    return list(case.sessions.filter(state__in=states).order_by("starts_at"))


def _actions(case: Case) -> list[Action]:
    return list(case.actions.select_related("responsible", "agreed_in"))


def _belief_context(case: Case, employee: Employee, talks: list[SparringSession]) -> dict[str, Any]:
    """The bids, their figure, the newest of both, and which of one's own can be put right."""
    beliefs = list(
        case.beliefs.filter(corrected_by__isnull=True).select_related("by_employee", "corrects")
    )
    own, citizen = _newest(beliefs, ByRole.CASEWORKER), _newest(beliefs, ByRole.CITIZEN)
    today = timezone.localdate()
    held: list[date] = [local_date(talk.starts_at) for talk in talks if talk.state in HELD]
    return {
        "beliefs": beliefs,
        "figure": belief_figure(case.code, beliefs, held, today=today),
        "own_belief": own,
        "citizen_belief": citizen,
        "own_state": belief_state(local_date(own.registered_at) if own else None, today),
        "correctable": {
            each.pk for each in (own, citizen) if each and each.by_employee_id == employee.pk
        },
        "can_reaffirm": own is not None and own.by_employee_id == employee.pk,
    }


def _newest(beliefs: list[Belief], role: str) -> Belief | None:
    return next((belief for belief in beliefs if belief.by_role == role), None)


def _need_context(case: Case, owns: bool) -> dict[str, Any]:
    need: RenewalNeed | None = getattr(case, "need", None)
    if need is None:
        return {"need": None}
    hits = hits_of(need)
    due = not need.held_back and need.band != Band.NONE
    return {
        "need": need,
        "due": due,
        "reasons": [(hit.label(), hit.text(to_owner=owns), hit.points) for hit in hits],
        "arithmetic": arithmetic([hit.points for hit in hits], need.score),
        "tone": TONES.get(need.band, ""),
        "held_back": held_back_text(HeldBack(need.held_back)) if need.held_back else "",
        "can_snooze": owns and due and need.snoozes < 2,
    }
