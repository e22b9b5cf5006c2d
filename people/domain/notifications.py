"""Telling somebody something: handed in here, once, with the change that it is about.

For every room: the person's choices, their address and their account decide how it goes out, or why
it is held back. What is handed in goes out by the jobs in people/tasks.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from people.domain.notification_choices import wants_many
from people.enums import Channel, Frequency, NotificationState, Reason
from people.models import Employee, Notification
from people.notification_kinds import NotificationKind, kind_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DIGEST_AT = time(7)


@dataclass(frozen=True)
class Route:
    """How a notification goes out now; `reason` is set where it does not."""

    channel: Channel
    reason: str = ""


def notify(
    *, employee: Employee, kind: str, object_id: object, key: str, address: str = ""
) -> Notification | None:
    """Tell one person one thing; None when it is held back, or was handed in before.

    `kind` is the name of a registered kind, which writes the mail about `object_id` when it goes
    out. `key` is what may happen once, e.g. "follow_up:12:2026-11-26:7": with the same key nothing
    happens, however often and however many at a time it is called.
    """
    made = notify_all(
        [
            Notification(
                employee=employee, kind=kind, object_id=str(object_id), key=key, address=address
            )
        ]
    )
    return made[0] if made else None


@transaction.atomic
def notify_all(handed_in: Iterable[Notification]) -> list[Notification]:
    """Tell many, in a few queries; returns what is new and goes out.

    What was held back for a reason that no longer holds is taken up again. The jobs are enqueued in
    the caller's transaction.
    """
    by_key = {notification.key: notification for notification in handed_in}
    now = timezone.now()
    routes = routes_for(by_key.values())
    for notification in by_key.values():
        _prepare(notification, routes[notification.key], now)
    known = {found.key: found for found in Notification.objects.filter(key__in=by_key)}
    going = _insert([by_key[key] for key in by_key if key not in known], now)
    going += [fresh for key, fresh in by_key.items() if key in known and _revive(known[key], fresh)]
    enqueue_sending(
        {notification.employee_id for notification in going if notification.channel == Channel.MAIL}
    )
    return going


def routes_for(notifications: Iterable[Notification]) -> dict[str, Route]:
    """How each goes out by its key: one query for each topic, however many there are."""
    notifications = list(notifications)
    kinds = {notification.kind: kind_named(notification.kind) for notification in notifications}
    topics = {kind.topic for kind in kinds.values() if kind.topic is not None}
    chosen = {
        topic: wants_many(
            {
                notification.employee
                for notification in notifications
                if kinds[notification.kind].topic == topic
            },
            topic,
        )
        for topic in topics
    }
    routes = {}
    for notification in notifications:
        kind = kinds[notification.kind]
        how = Frequency.NOW
        if kind.topic is not None:
            how = chosen[kind.topic][notification.employee_id]
        routes[notification.key] = _route(kind, notification, how)
    return routes


def enqueue_sending(people: Iterable[int]) -> None:
    """Enqueue one job for each person: it sends all that is due to them."""
    jobs: list[dict[str, Any]] = [{"employee_id": employee_id} for employee_id in sorted(people)]
    if jobs:
        app.configure_task("people.send_due", allow_unknown=False).batch_defer(*jobs)


def next_digest(now: datetime) -> datetime:
    """The first 7 o'clock in Denmark after that moment."""
    local = timezone.localtime(now)
    day = local.date() if local.time() < DIGEST_AT else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


def _route(kind: NotificationKind, notification: Notification, how: Frequency) -> Route:
    employee = notification.employee
    channel = Channel.DIGEST if how == Frequency.DAILY and kind.in_digest else Channel.MAIL
    if not employee.is_active and not kind.to_closed_accounts:
        return Route(channel, Reason.CLOSED)
    if not (notification.address or employee.email):
        return Route(channel, Reason.NO_ADDRESS)
    if how == Frequency.NEVER or not kind.wanted_by(employee):
        return Route(channel, Reason.UNWANTED)
    if how == Frequency.DAILY and not kind.in_digest:
        return Route(channel, Reason.TOO_LATE)
    return Route(channel)


def _prepare(notification: Notification, route: Route, now: datetime) -> None:
    notification.created_at = now
    notification.channel = route.channel
    notification.reason = route.reason
    if route.reason:
        notification.state, notification.settled_at = NotificationState.HELD_BACK, now
        return
    notification.state = NotificationState.WAITING
    if route.channel == Channel.MAIL:
        notification.next_try_at = now + kind_named(notification.kind).delay(notification)
    else:
        notification.next_try_at = next_digest(now)


def _insert(new: Sequence[Notification], now: datetime) -> list[Notification]:
    """Insert them; what somebody else handed in at the same moment is theirs, and left out."""
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    keys = [notification.key for notification in new]
    mine = Notification.objects.waiting().filter(key__in=keys, created_at=now)
    return list(mine.select_related("employee"))


def _revive(held: Notification, fresh: Notification) -> bool:
    """Take up one that was held back and can go out now; False unless this did it."""
    if held.state != NotificationState.HELD_BACK or fresh.state != NotificationState.WAITING:
        return False
    fresh.pk = held.pk
    changed = Notification.objects.filter(
        pk=held.pk, state=NotificationState.HELD_BACK, reason__in=Reason.can_change()
    ).update(
        state=fresh.state,
        reason="",
        channel=fresh.channel,
        created_at=fresh.created_at,
        next_try_at=fresh.next_try_at,
        settled_at=None,
    )
    return bool(changed)
