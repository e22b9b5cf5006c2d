"""What happens by the clock: reminders, the three questions, and forgetting."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.enums import SignUpState
from events.models import SignUp

from .telling import tell

WEEK, DAY = 7, 1
# Guests are remembered as long as somebody may ask about the day.
GUEST_DAYS = 30
ASKED_WITHIN = timedelta(days=14)


@transaction.atomic
def remind(*, at: datetime | None = None) -> int:
    """Remind those with a seat a week and a day before, once each; return how many were told."""
    now = at or timezone.now()
    count = 0
    for days in (WEEK, DAY):
        last = _end_of_day(now + timedelta(days=days))
        first = _end_of_day(now + timedelta(days=DAY)) if days == WEEK else now
        rows = SignUp.objects.seated().filter(
            Q(reminded_days__isnull=True) | Q(reminded_days__gt=days),
            event__calendar_entry__cancelled=False,
            event__calendar_entry__starts_at__gt=first,
            event__calendar_entry__starts_at__lte=last,
            created_at__lt=now - timedelta(hours=12),
        )
        for sign_up in rows.select_for_update(of=("self",)).select_related("employee", "event"):
            sign_up.reminded_days = days
            sign_up.save(update_fields=["reminded_days"])
            tell(sign_up, "events.reminder", occasion=days)
            count += 1
    return count


@transaction.atomic
def ask_to_evaluate(*, at: datetime | None = None) -> int:
    """Ask those who were there the three questions when it is over, once; return how many."""
    now = at or timezone.now()
    rows = SignUp.objects.seated().filter(
        Q(came__isnull=True) | Q(came=True),
        asked_to_evaluate=False,
        has_evaluated=False,
        event__calendar_entry__cancelled=False,
        event__calendar_entry__ends_at__lt=now,
        event__calendar_entry__ends_at__gt=now - ASKED_WITHIN,
    )
    count = 0
    for sign_up in rows.select_for_update(of=("self",)).select_related("employee", "event"):
        sign_up.asked_to_evaluate = True
        sign_up.save(update_fields=["asked_to_evaluate"])
        tell(sign_up, "events.evaluate")
        count += 1
    return count


def forget_access_needs(*, at: datetime | None = None) -> int:
    """Delete what people need to take part once the event is over; return how many."""
    over = Q(event__calendar_entry__ends_at__lt=at or timezone.now())
    return SignUp.objects.filter(over).exclude(access_needs="").update(access_needs="")


def forget_guests(*, at: datetime | None = None) -> int:
    """Forget who the guests were, 30 days after; that somebody had the seat stays."""
    now = at or timezone.now()
    old = Q(event__calendar_entry__ends_at__lt=now - timedelta(days=GUEST_DAYS))
    guests = SignUp.objects.filter(old, employee__isnull=True, forgotten_at__isnull=True)
    guests.filter(state=SignUpState.UNCONFIRMED).delete()
    return guests.update(
        guest_name="", guest_email="", guest_organisation="", access_needs="", forgotten_at=now
    )


def _end_of_day(moment: datetime) -> datetime:
    local = timezone.localtime(moment)
    return local.replace(hour=23, minute=59, second=59, microsecond=0)
