"""Guests from another municipality: agreed by two, wanted by the guest, allowed by the presenter.

Any of the three can end it at any time (docs/decisions/0012).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy import audit
from search.outbox import enqueue_many
from sparring.colleagues.pair_report import colleagues
from sparring.enums import RequestState, SessionState
from sparring.models import GuestAgreement, Participation, SparringRequest
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.shared.guest_texts import require_fit_for_guest

from .booking import call_off
from .calendar_locks import TimeTaken, booking_transaction
from .changes import swap, tell_exchange
from .outbox import post
from .sessions import changed, locked_session, participations_of

if TYPE_CHECKING:
    from people.models import Employee, Municipality
    from sparring.models import SparringSession

OPEN_REQUESTS = (RequestState.REQUESTED, RequestState.LISTED, RequestState.BOOKED)


@transaction.atomic
def offer_agreement(
    *, actor: Employee, to: Municipality, at: datetime | None = None
) -> GuestAgreement:
    """Offer another municipality to be guests in each other's sessions.

    Nothing holds before the other municipality has said yes.

    Raises PermissionDenied for others than a leader or coordinator, ValidationError when one is
    open between the two.
    """
    home = _home(actor)
    if to.pk == home:
        raise ValidationError(_("Choose another municipality than your own."), code="own")
    agreement = GuestAgreement(
        offered_from_id=home, offered_to=to, offered_by=actor, offered_at=guards.moment(at)
    )
    try:
        with transaction.atomic():
            agreement.save(force_insert=True)
    except IntegrityError as error:
        if "guest_agreement_one_open" not in str(error):
            raise
        raise ValidationError(
            _("There is already an offer or an agreement between you."), code="open"
        ) from error
    _record(agreement, actor, "guests.offer")
    return agreement


@transaction.atomic
def accept_agreement(
    *, actor: Employee, agreement: GuestAgreement, at: datetime | None = None
) -> GuestAgreement:
    """Say yes to an offer: from now on both may have the other's guests.

    Raises PermissionDenied for others than a leader or coordinator of the municipality it was
    offered to, ValidationError when it is no offer any more.
    """
    agreement = _locked(agreement)
    if _home(actor) != agreement.offered_to_id:
        raise PermissionDenied("Only the municipality that it was offered to says yes.")
    if agreement.accepted_at is not None or agreement.ended_at is not None:
        raise ValidationError(_("The offer is not open any more."), code="not_open")
    agreement.accepted_by, agreement.accepted_at = actor, guards.moment(at)
    agreement.save(update_fields=["accepted_by", "accepted_at"])
    _record(agreement, actor, "guests.accept")
    return agreement


def end_agreement(
    *, actor: Employee, agreement: GuestAgreement, at: datetime | None = None
) -> GuestAgreement:
    """End an agreement, or an offer, at once; either side may, and needs no reason.

    Guests' access ends in the same moment. In sessions to come a free colleague takes the guest's
    place; where there is none, and nobody else comes, the session is called off and the request is
    on the list again. Everybody in it gets a mail. Raises PermissionDenied, ValidationError.
    """
    with booking_transaction():
        agreement = _locked(agreement)
        if _home(actor) not in (agreement.offered_from_id, agreement.offered_to_id):
            raise PermissionDenied("Only the two municipalities end it.")
        if agreement.ended_at is not None:
            raise ValidationError(_("The agreement has ended already."), code="ended")
        now = guards.moment(at)
        agreement.ended_by, agreement.ended_at = actor, now
        agreement.save(update_fields=["ended_by", "ended_at"])
        participations = Participation.objects.filter(agreement=agreement)
        cases = set(participations.values_list("session__case", flat=True))
        ahead = participations.filter(session__state=SessionState.PLANNED, holds_time=True)
        for participation in ahead.select_related("session__case", "employee").order_by(
            "session__case"
        ):
            reject_guest(participation, actor, now)
        access_is_active = Q(access_until__isnull=True) | Q(access_until__gt=now)
        participations.filter(access_is_active).update(access_until=now)
        enqueue_many("case", sorted(cases))
        _record(agreement, actor, "guests.end", sessions=len(cases))
        return agreement


def allow_guest(
    *, actor: Employee, sparring_request: SparringRequest, allow: bool
) -> SparringRequest:
    """Whoever brings the case says whether a guest may come to its session; no is the default.

    Taken back, a guest who is in the planned session leaves it, as when an agreement ends. Raises
    PermissionDenied for everybody but the case's own caseworker, ValidationError when the request
    is not open, and when a text of the case holds what the check warns about.
    """
    with booking_transaction():
        case = guards.locked(sparring_request.case)
        guards.require_owner(actor, case)
        sparring_request = SparringRequest.objects.select_for_update(of=("self",)).get(
            pk=sparring_request.pk
        )
        sparring_request.case = case
        if sparring_request.state not in OPEN_REQUESTS:
            raise ValidationError(_("The request is not open any more."), code="not_open")
        if allow:
            require_fit_for_guest(case)
        sparring_request.allow_guest = allow
        sparring_request.save(update_fields=["allow_guest"])
        if not allow:
            participations = Participation.objects.filter(
                session__request=sparring_request,
                session__state=SessionState.PLANNED,
                agreement__isnull=False,
                holds_time=True,
            )
            for participation in participations.select_related("session__case", "employee"):
                reject_guest(participation, actor, guards.moment(None))
        record(sparring_request, actor, "request.allow_guest", allow=allow)
        return sparring_request


def reject_guest(participation: Participation, actor: Employee, at: datetime) -> None:
    """Take a guest out of a planned session.

    Somebody free comes instead, else the session goes on with those who are left.
    """
    session = locked_session(participation.session)
    guest = participation.employee
    instead = _stand_in(session, participation)
    if instead is not None:
        tell_exchange(session, guest, instead)
    else:
        session.participations.filter(pk=participation.pk).delete()
        _go_on_without(session, guest, at)
    record(session, actor, "session.reject_guest", before=guest.pk)


def _stand_in(session: SparringSession, participation: Participation) -> Employee | None:
    """The best colleague of the own municipality who is free, put in the guest's place."""
    present = {participation.employee_id for participation in participations_of(session)}
    for colleague in colleagues(session):
        at_home = colleague.employee.municipality_id == session.case.municipality_id
        if colleague.exclusion_reasons or not at_home or colleague.employee.pk in present:
            continue
        try:
            with booking_transaction():
                swap(session, participation, colleague.employee)
        except TimeTaken:
            continue
        return colleague.employee
    return None


def _go_on_without(session: SparringSession, guest: Employee, at: datetime) -> None:
    left = [participation.employee for participation in participations_of(session)]
    if len(left) > 1:
        session.calendar_sequence += 1
        session.save(update_fields=["calendar_sequence"])
        changed(session)
        post(session, left, "sparring.changed")
    else:
        call_off(session, at)
    post(session, [guest], "sparring.cancelled")


def _home(actor: Employee) -> int:
    """The municipality that the actor speaks for. Raises PermissionDenied."""
    home = actor.municipality_id
    if home is None or not actor.is_active or not actor.may(Right.AGREE_ON_GUESTS):
        raise PermissionDenied("A leader or a coordinator agrees for the municipality.")
    return home


def _locked(agreement: GuestAgreement) -> GuestAgreement:
    return GuestAgreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)


def _record(agreement: GuestAgreement, actor: Employee, verb: str, **details: Any) -> None:
    audit.record(
        actor=actor,
        action=verb,
        target=agreement,
        municipality_id=actor.municipality_id,
        offered_from=agreement.offered_from_id,
        offered_to=agreement.offered_to_id,
        **details,
    )
