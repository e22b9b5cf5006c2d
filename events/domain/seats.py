"""Seats and the waiting list: given under a lock on the event, held by constraints."""

from __future__ import annotations

from itertools import count

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import SignUpState
from events.models import EventPage, SignUp

from .telling import tell


def locked(event: EventPage) -> EventPage:
    """The event as it is now; others wait for its seats until this transaction ends."""
    return EventPage.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)


def why_closed(event: EventPage) -> str:
    """Why nobody signs up (any more), in a sentence; empty while they may."""
    starts_at = event.starts_at
    if not event.live or not event.takes_sign_ups or starts_at is None:
        return str(_("Nobody signs up for this event here."))
    if event.cancelled:
        return str(_("The event is cancelled."))
    if starts_at <= timezone.now():
        return str(_("The event has begun. Sign-up is over."))
    if event.sign_up_until is not None and event.sign_up_until < timezone.localdate():
        return str(_("Sign-up is over."))
    return ""


def require_open(event: EventPage) -> None:
    """Raise ValidationError unless people can sign up."""
    if reason := why_closed(event):
        raise ValidationError(reason, code="closed")


def give_place(sign_up: SignUp, event: EventPage) -> None:
    """A seat, or the last number of the waiting list; saved. The event must be locked."""
    highest: int | None = event.sign_ups.aggregate(highest=Max("rank"))["highest"]
    sign_up.rank = (highest or 0) + 1
    queue = event.sign_ups.in_queue().exists()
    seat = None if queue else free_seat(event)
    sign_up.seat = seat
    sign_up.state = SignUpState.WAITING if seat is None else SignUpState.SEATED
    sign_up.save()


def move_up(event: EventPage) -> list[SignUp]:
    """Give what is free to those who have waited longest, and tell them. The event is locked."""
    moved: list[SignUp] = []
    if why_closed(event) and event.cancelled:
        return moved
    for sign_up in event.sign_ups.in_queue().select_related("employee", "event"):
        seat = free_seat(event)
        if seat is None:
            break
        sign_up.seat, sign_up.state = seat, SignUpState.SEATED
        sign_up.save(update_fields=["seat", "state"])
        tell(sign_up, "events.moved_up")
        moved.append(sign_up)
    return moved


def free_seat(event: EventPage) -> int | None:
    """The lowest seat that nobody has; None where all are given away."""
    seats = set(event.sign_ups.seated().values_list("seat", flat=True))
    if event.capacity is not None and len(seats) >= event.capacity:
        return None
    return next(number for number in count(1) if number not in seats)
