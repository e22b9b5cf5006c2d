"""Signing up and cancelling: employees by themselves, guests by the link in a mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import SignUpState
from events.models import EventPage, SignUp
from privacy import audit
from privacy.fields import refuse_cpr

from .calendar_entries import keep_entry
from .seats import give_place, locked, move_up, require_open
from .telling import tell

if TYPE_CHECKING:
    from people.models import Employee

# An answer to a mail that nobody gave: then it was probably not their own wish.
UNCONFIRMED_DAYS = 3


@transaction.atomic
def sign_up_employee(*, actor: Employee, event: EventPage, access_needs: str = "") -> SignUp:
    """Sign the actor up: a seat, or a number on the waiting list. Twice is once.

    Raises ValidationError when nobody signs up (any more), or for a CPR number.
    """
    if not actor.is_active:
        raise PermissionDenied("A closed account signs up for nothing.")
    event = locked(event)
    found: SignUp | None = event.sign_ups.active().filter(employee=actor).first()
    if found is not None:
        return found
    require_open(event)
    _refuse_cpr(access_needs=access_needs)
    sign_up = SignUp(
        event=event, employee=actor, access_needs=access_needs, created_at=timezone.now()
    )
    _give(sign_up, event, actor)
    return sign_up


@transaction.atomic
def ask_for_guest(
    *, event: EventPage, name: str, email: str, organisation: str = "", access_needs: str = ""
) -> None:
    """Mail a guest the link that signs them up; nothing is promised before they follow it.

    Nothing told here depends on whether the address is known. Raises ValidationError when nobody
    signs up (any more), when the event is not open to guests, or for a CPR number.
    """
    event = locked(event)
    require_open(event)
    if not event.is_public:
        raise ValidationError(_("This event is for employees only."), code="closed")
    words = {"guest_name": name, "guest_organisation": organisation, "access_needs": access_needs}
    _refuse_cpr(**words)
    known = event.sign_ups.filter(guest_email__iexact=email, forgotten_at__isnull=True)
    sign_up: SignUp | None = known.active().first()
    if sign_up is None:
        sign_up, _made = known.filter(state=SignUpState.UNCONFIRMED).get_or_create(
            defaults={
                **words,
                "event": event,
                "guest_email": email,
                "state": SignUpState.UNCONFIRMED,
                "created_at": timezone.now(),
            }
        )
    keep_entry(event)
    tell(sign_up, "events.guest_link", occasion=timezone.now().isoformat())
    audit.record(actor=None, action="event.guest_asks", target=sign_up)


@transaction.atomic
def confirm_guest(*, sign_up: SignUp) -> SignUp:
    """The guest's own yes from the mail. Twice is once.

    Raises ValidationError when they have cancelled, or nobody signs up any more.
    """
    event = locked(sign_up.event)
    sign_up = _locked_row(sign_up)
    if sign_up.state == SignUpState.CANCELLED:
        raise ValidationError(
            _("You have cancelled. Sign up again on the event’s page."), code="cancelled"
        )
    if sign_up.state != SignUpState.UNCONFIRMED:
        return sign_up
    found = event.sign_ups.active().filter(guest_email__iexact=sign_up.guest_email).first()
    if found is not None:
        return found
    require_open(event)
    _give(sign_up, event, None)
    return sign_up


@transaction.atomic
def cancel_sign_up(*, actor: Employee | None, sign_up: SignUp) -> SignUp:
    """Cancel one's own sign-up; the seat goes to whoever has waited longest.

    `actor` is None for a guest who came by the signed link. Raises PermissionDenied for somebody
    else's, ValidationError when it is cancelled already or the event has begun.
    """
    event = locked(sign_up.event)
    sign_up = _locked_row(sign_up)
    if sign_up.employee_id != (actor.pk if actor is not None else None):
        raise PermissionDenied("Only whoever signed up cancels.")
    if sign_up.state == SignUpState.CANCELLED:
        raise ValidationError(
            _("You have cancelled already. There is nothing more to do."), code="cancelled"
        )
    starts_at = event.starts_at
    if starts_at is not None and starts_at <= timezone.now():
        raise ValidationError(_("The event has begun, so it is too late to cancel."), code="begun")
    was_seated = sign_up.is_seated
    sign_up.state, sign_up.seat = SignUpState.CANCELLED, None
    sign_up.cancelled_at, sign_up.access_needs = timezone.now(), ""
    sign_up.save(update_fields=["state", "seat", "cancelled_at", "access_needs"])
    if was_seated:
        tell(sign_up, "events.withdrawn")
        move_up(event)
    audit.record(actor=actor, action="event.cancel_sign_up", target=sign_up)
    return sign_up


def drop_unconfirmed(*, at: datetime | None = None) -> int:
    """Delete what guests never said yes to; return how many."""
    oldest = (at or timezone.now()) - timedelta(days=UNCONFIRMED_DAYS)
    old = SignUp.objects.filter(state=SignUpState.UNCONFIRMED, created_at__lt=oldest)
    return old.delete()[0]


def _give(sign_up: SignUp, event: EventPage, actor: Employee | None) -> None:
    keep_entry(event)
    give_place(sign_up, event)
    tell(sign_up, "events.confirmed" if sign_up.is_seated else "events.waiting")
    audit.record(actor=actor, action="event.sign_up", target=sign_up, state=sign_up.state)


def _locked_row(sign_up: SignUp) -> SignUp:
    rows = SignUp.objects.select_for_update(of=("self",)).select_related("employee", "event")
    return rows.get(pk=sign_up.pk)


def _refuse_cpr(**texts: str) -> None:
    for name, text in texts.items():
        try:
            refuse_cpr(text)
        except ValidationError as error:
            raise ValidationError({name: error}) from error
