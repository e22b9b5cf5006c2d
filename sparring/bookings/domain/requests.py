"""A request for sparring: made, withdrawn, lapsed when its case closes (docs/domain.md B2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from search.outbox import enqueue_instance
from sparring.enums import RequestState
from sparring.models import MOST_PARTNERS, Case, RenewalNeed, SparringRequest
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.shared.guest_texts import require_fit_for_guest
from sparring.states import RequestSteps

if TYPE_CHECKING:
    from people.models import Employee

OPEN_STATES = (RequestState.REQUESTED, RequestState.LISTED, RequestState.BOOKED)


@transaction.atomic
def request_sparring(
    *,
    case: Case,
    actor: Employee,
    key_question: str = "",
    duration_minutes: int = 25,
    partners: int = 1,
    deadline: date | None = None,
    allow_guest: bool = False,
    at: datetime | None = None,
) -> SparringRequest:
    """Ask for a session about the case; the reasons are the rules that hit it now.

    `duration_minutes`: 10, 25, or 40 for a group session of two cases. `partners`: how many
    colleagues are asked for, one to three.

    The owner asks with a key question of at most 140 characters; the coordinator may put an
    urgent case on the list without one. Only the owner may allow a guest from another municipality.
    Raises PermissionDenied, or ValidationError when a request is
    open already, the deadline has gone by, the question is missing, or a guest would read words
    that the check warns about.
    """
    case = guards.locked(case)
    guards.require_owner_or_coordinator(actor, case)
    guards.require_open(case)
    if actor.pk == case.owner_id and not key_question.strip():
        raise ValidationError({"key_question": _("Write what you want help to see.")})
    if not 1 <= partners <= MOST_PARTNERS:
        raise ValidationError({"partners": _("Choose one to three colleagues.")})
    if deadline is not None and deadline < guards.local_day(at):
        raise ValidationError({"deadline": _("Choose today or a day that lies ahead.")})
    sparring_request = SparringRequest(
        case=case,
        created_by=actor,
        reasons=reasons_of(case),
        key_question=key_question.strip(),
        duration_minutes=duration_minutes,
        partners=partners,
        deadline=deadline,
        allow_guest=allow_guest and actor.pk == case.owner_id,
    )
    guards.clean(sparring_request)
    if sparring_request.allow_guest:
        require_fit_for_guest(case, sparring_request)
    _insert(sparring_request)
    if at is not None:
        SparringRequest.objects.filter(pk=sparring_request.pk).update(created_at=at)
    _record(
        sparring_request,
        actor,
        "request.make",
        duration_minutes=duration_minutes,
        partners=partners,
    )
    return sparring_request


@transaction.atomic
def withdraw_request(*, sparring_request: SparringRequest, actor: Employee) -> SparringRequest:
    """Take a request back while no session is booked for it."""
    case = guards.locked(sparring_request.case)
    guards.require_owner_or_coordinator(actor, case)
    sparring_request = SparringRequest.objects.select_for_update().get(pk=sparring_request.pk)
    if not RequestSteps.WITHDRAW.starts_from(sparring_request.state):
        raise ValidationError(_("Only a request without a booked session can be taken back."))
    RequestSteps.WITHDRAW.take(sparring_request)
    sparring_request.save(update_fields=["state"])
    _record(sparring_request, actor, "request.withdraw")
    return sparring_request


def lapse_requests(*, case: Case, actor: Employee | None) -> list[SparringRequest]:
    """Let a closing case's open requests lapse; call it inside the closing's transaction."""
    lapsed = list(
        SparringRequest.objects.select_for_update().filter(case=case, state__in=OPEN_STATES)
    )
    for sparring_request in lapsed:
        RequestSteps.LAPSE.take(sparring_request)
        sparring_request.save(update_fields=["state"])
        _record(sparring_request, actor, "request.lapse")
    return lapsed


def reasons_of(case: Case) -> list[str]:
    """The codes of the rules that hit the case when its need was last computed."""
    need = RenewalNeed.objects.filter(case=case).first()
    return [hit["code"] for hit in need.hits] if need else []


def _insert(sparring_request: SparringRequest) -> None:
    try:
        with transaction.atomic():
            sparring_request.save(force_insert=True)
    except IntegrityError as error:
        if "request_one_open_per_case" not in str(error):
            raise
        raise ValidationError(
            _("There is already a request for sparring about this case."), code="open"
        ) from error


def _record(
    sparring_request: SparringRequest, actor: Employee | None, verb: str, **details: Any
) -> None:
    record(sparring_request, actor, verb, **details)
    enqueue_instance(sparring_request.case)
