"""Notifications go out: one at once, what gathers together, the day's at 7. Each of them once.

A row is locked while its mail goes out, so two senders do not both send it. A sender that dies
between sending and commit leaves it waiting: the next one sends it again with the same Message-ID,
which mail programs show once. A try that fails is noted on the row, and made again later.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import ngettext

from people.collected_mail import Line, collected_mail
from people.domain.notifications import DIGEST_AT, routes_for
from people.enums import Channel, NotificationState, Reason, Topic
from people.models import Notification
from people.notification_kinds import all_kinds, find_kind, kind_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.core.mail import EmailMultiAlternatives

log = logging.getLogger(__name__)
MOST_LINES = 100
# With these a mail server may be away for three days.
MOST_TRIES = 20
# From then on what gathers goes by itself.
GATHERED_TRIES = 3
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
# Longer than a reminder can be handed in again under the key it had.
KEPT = timedelta(days=180)
Written = list[tuple[Notification, Topic, Line]]


def people_waiting(*, at: datetime | None = None) -> list[int]:
    """Ids of those to whom something is due: a new digest, or what an earlier try left behind."""
    due = Notification.objects.due(at or timezone.now())
    return list(due.order_by("employee").values_list("employee", flat=True).distinct())


def send_due(employee_id: int, *, at: datetime | None = None) -> int:
    """Send all that is due to a person; return how many mails went out."""
    now = at or timezone.now()
    gathered = int(send_gathered(employee_id, at=now))
    due = Notification.objects.due(now).filter(employee=employee_id, channel=Channel.MAIL)
    sent = gathered + sum(
        send_one(pk) is not None for pk in due.order_by("pk").values_list("pk", flat=True)
    )
    return sent + bool(send_digest(employee_id, at=now))


@transaction.atomic
def send_one(notification_id: int) -> Notification | None:
    """Send one by itself, once. None when it is gone, sent, held back, failed, or being sent."""
    rows = Notification.objects.waiting().filter(pk=notification_id)
    row = rows.select_for_update(of=("self",), skip_locked=True).select_related("employee").first()
    if row is None or not _still_wanted([row]):
        return None
    kind = find_kind(row.kind)
    with translation.override(settings.LANGUAGE_CODE):
        return row if _try([row], lambda: kind.mail(row) if kind else None) else None


@transaction.atomic
def send_gathered(employee_id: int, *, at: datetime | None = None) -> bool:
    """Send what gathers as one mail, as soon as one of it is due; whether a mail went out.

    What has failed a few times goes by itself, so that it does not hold the others up.
    """
    now = at or timezone.now()
    names = [kind.name for kind in all_kinds() if kind.gathers]
    waiting = Notification.objects.waiting().filter(
        employee=employee_id, channel=Channel.MAIL, kind__in=names, attempts__lt=GATHERED_TRIES
    )
    if not waiting.filter(next_try_at__lte=now).exists():
        return False
    locked = waiting.select_for_update(of=("self",)).select_related("employee").order_by("pk")
    rows = list(locked[:MOST_LINES])
    if not any(row.next_try_at and row.next_try_at <= now for row in rows):
        return False  # another sender was first
    with translation.override(settings.LANGUAGE_CODE):
        standing = _standing(_still_wanted(rows))
        if not standing:
            return False
        kind = kind_named(standing[0].kind)
        if len(standing) == 1:
            return _try(standing, lambda: kind.mail(standing[0]))
        return _try(standing, lambda: kind.mail_of(standing))


@transaction.atomic
def send_digest(employee_id: int, *, at: datetime | None = None) -> int:
    """Send what waits for a person's day's mail, up to now, as one mail; return how many lines."""
    now = at or timezone.now()
    due = Notification.objects.due(now).filter(employee=employee_id, channel=Channel.DIGEST)
    rows = due.select_for_update(of=("self",)).select_related("employee").order_by("pk")
    with translation.override(settings.LANGUAGE_CODE):
        written = _write(_still_wanted(list(rows[:MOST_LINES])))
        sent = [row for row, _topic, _line in written]
        return len(sent) if sent and _try(sent, lambda: _digest(written, now)) else 0


def forget_old(*, at: datetime | None = None) -> int:
    """Forget what was settled more than 180 days ago; return how many.

    What one follows is told of once, also when it is published again years later: of those the key
    stays, and nothing of what it was about.
    """
    oldest = (at or timezone.now()) - KEPT
    old = Notification.objects.filter(settled_at__lt=oldest).exclude(
        state=NotificationState.FORGOTTEN
    )
    once_ever = [kind.name for kind in all_kinds() if kind.once_ever]
    emptied = old.handed_in().filter(kind__in=once_ever).update(
        state=NotificationState.FORGOTTEN, reason="", object_id="", address="", message_id="",
        event_uid=None, event_sequence=None, event_starts_at=None, event_ends_at=None,
    )  # fmt: skip
    return emptied + old.delete()[0]


def _still_wanted(rows: Sequence[Notification]) -> list[Notification]:
    """Those that may go out still; the others are held back, each for its reason."""
    known = [row for row in rows if find_kind(row.kind)]
    routes = routes_for(known)
    for row in rows:
        reason = routes[row.key].reason if row.key in routes else Reason.OVERTAKEN
        if reason:
            _settle([row], NotificationState.HELD_BACK, reason)
    return [row for row in known if not routes[row.key].reason]


def _standing(rows: Iterable[Notification]) -> list[Notification]:
    """Those that are not overtaken; the others are held back."""
    standing = []
    for row in rows:
        try:
            with transaction.atomic():
                holds = kind_named(row.kind).still_holds(row)
        except Exception:
            log.exception("people: notification %s could not be looked at", row.pk)
            _put_off([row], Reason.FAULT)
            continue
        if holds:
            standing.append(row)
        else:
            _settle([row], NotificationState.HELD_BACK, Reason.OVERTAKEN)
    return standing


def _write(rows: Iterable[Notification]) -> Written:
    """The lines that still hold; the other notifications are held back."""
    written: Written = []
    for row in rows:
        kind = find_kind(row.kind)
        if kind is None or kind.topic is None:
            continue
        try:
            with transaction.atomic():
                line = kind.line(row)
        except Exception:
            log.exception("people: the line of notification %s could not be written", row.pk)
            _put_off([row], Reason.FAULT)
            continue
        if line is None:
            _settle([row], NotificationState.HELD_BACK, Reason.OVERTAKEN)
        else:
            written.append((row, kind.topic, line))
    return written


def _digest(written: Written, now: datetime) -> EmailMultiAlternatives:
    first = written[0][0]
    subject = ngettext(
        "Sparringsrummet: %(count)d message", "Sparringsrummet: %(count)d messages", len(written)
    )
    return collected_mail(
        employee=first.employee,
        lines=[(topic, line) for _row, topic, line in written],
        subject=subject % {"count": len(written)},
        message_id=f"digest-{first.employee_id}-{_digest_day(now)}-{first.pk}",
    )


def _digest_day(now: datetime) -> str:
    """The day of the latest 7 o'clock in Denmark: a digest that is late is that day's."""
    local = timezone.localtime(now)
    late = timedelta(days=local.time() < DIGEST_AT)
    return (local.date() - late).isoformat()


def _try(rows: list[Notification], write: Callable[[], EmailMultiAlternatives | None]) -> bool:
    """Write and send a mail that is about the rows, which are locked, and note how it went."""
    try:
        with transaction.atomic():
            mail = write()
            if mail is not None:
                mail.to = [rows[0].address] if rows[0].address else mail.to
                mail.send()
    except (OSError, SMTPException):
        log.exception("people: notification %s was not taken by the mail server", rows[0].pk)
        _put_off(rows, Reason.MAIL_SERVER)
        return False
    except Exception:
        log.exception("people: notification %s could not be written", rows[0].pk)
        _put_off(rows, Reason.FAULT)
        return False
    if mail is None:
        _settle(rows, NotificationState.HELD_BACK, Reason.OVERTAKEN)
        return False
    _settle(rows, NotificationState.SENT, message_id=mail.extra_headers["Message-ID"])
    return True


def _settle(
    rows: Iterable[Notification], state: NotificationState, reason: str = "", message_id: str = ""
) -> None:
    now, rows = timezone.now(), list(rows)
    for row in rows:
        row.state, row.reason, row.message_id = state, reason, message_id
        row.settled_at, row.next_try_at = now, None
        row.attempts += state == NotificationState.SENT
    Notification.objects.bulk_update(
        rows, ["state", "reason", "message_id", "settled_at", "next_try_at", "attempts"]
    )


def _put_off(rows: Sequence[Notification], reason: Reason) -> None:
    """Try again after a wait that doubles each time; give up after the last try."""
    now = timezone.now()
    for row in rows:
        row.attempts += 1
        row.reason = reason
        if row.attempts >= MOST_TRIES:
            row.state, row.settled_at, row.next_try_at = NotificationState.FAILED, now, None
        else:
            row.next_try_at = now + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    Notification.objects.bulk_update(
        rows, ["attempts", "reason", "state", "settled_at", "next_try_at"]
    )
