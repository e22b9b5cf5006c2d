"""Why somebody got a mail or none: what was handed in, without a word of what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.enums import NotificationState
from people.models import Employee, Notification
from people.notification_kinds import find_kind
from people.roles import Right

MOST = 200


@dataclass(frozen=True)
class ShownNotification:
    """One notification as an administrator may see it: kind, time, state and reason alone."""

    created_at: datetime
    kind: Any
    channel: str
    state: str
    reason: str
    at: datetime | None
    attempts: int


def notifications_of(employee: Employee) -> list[ShownNotification]:
    """The newest 200 of what was handed in for a person; what is forgotten is not among them."""
    rows = Notification.objects.filter(employee=employee).exclude(state=NotificationState.FORGOTTEN)
    return [_as_shown(row) for row in rows.order_by("-created_at", "-pk")[:MOST]]


def account_managed_by(manager: Employee, login: str) -> Employee | None:
    """The account of that user name or address, if the manager's municipality is its own too.

    Who manages accounts and belongs to no municipality finds all of them.
    """
    account = Employee.objects.by_login(login)
    if account is None or not manager.is_active or not manager.may(Right.MANAGE_ACCOUNTS):
        return None
    own = manager.municipality_id in (None, account.municipality_id)
    return account if own else None


def _as_shown(row: Notification) -> ShownNotification:
    kind = find_kind(row.kind)
    return ShownNotification(
        created_at=row.created_at,
        kind=kind.label if kind else _("A kind that is no longer sent"),
        channel=row.get_channel_display(),
        state=row.get_state_display(),
        reason=row.get_reason_display(),
        at=row.settled_at or row.next_try_at,
        attempts=row.attempts,
    )
