"""Writing the audit: every domain function and every view of a case calls `record`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from .bulk import insert_rows
from .models import AuditEntry

_gathered: ContextVar[list[AuditEntry] | None] = ContextVar("gathered_audit", default=None)


def record(
    *,
    actor: Any,
    action: str,
    target: models.Model | None = None,
    municipality_id: int | None = None,
    reason: str = "",
    **details: str | int | bool | list[int] | None,
) -> AuditEntry:
    """Append one entry and return it; inside `gathered()` it is written at the end of the block.

    `actor` is an employee or None for the system itself; `action` is "noun.verb"; `details` hold
    ids, codes and counts only, never what somebody wrote (SEC-13).
    """
    if municipality_id is None:
        municipality_id = getattr(target, "municipality_id", None)
    entry = AuditEntry(
        actor=actor if getattr(actor, "pk", None) else None,
        action=action,
        object_type=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        municipality_id=municipality_id,
        reason=reason[:200],
        details=details,
    )
    waiting = _gathered.get()
    if waiting is None:
        entry.save(force_insert=True)
    else:
        waiting.append(entry)
    return entry


@contextmanager
def gathered() -> Iterator[None]:
    """Write the block's entries together at its end, in their order.

    All of them or, after an exception, none: the block must be one transaction, so that nothing
    it did stays either.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Entries are gathered inside one transaction only.")
    waiting: list[AuditEntry] = []
    token = _gathered.set(waiting)
    try:
        yield
    finally:
        _gathered.reset(token)
    insert_rows(waiting)


def record_many(
    *, actor: Any, action: str, targets: Iterable[models.Model], municipality_id: int | None
) -> None:
    """Append one entry for each target, in batches: what an import does to thousands of rows."""
    insert_rows(
        AuditEntry(
            actor=actor if getattr(actor, "pk", None) else None,
            action=action,
            object_type=target._meta.label_lower,
            object_id=str(target.pk),
            municipality_id=municipality_id,
        )
        for target in targets
    )


def entries(*, day: date | None = None, action: str = "") -> models.QuerySet[AuditEntry]:
    """The entries of a local day and of one action; all of them where nothing is asked for."""
    found = AuditEntry.objects.order_by("-pk")
    if day is not None:
        start = timezone.make_aware(datetime.combine(day, time.min))
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        found = found.filter(at__gte=start, at__lt=end)
    return found.filter(action=action) if action else found


def actions() -> list[str]:
    """Every action there is an entry of, in the order of the alphabet."""
    names = AuditEntry.objects.order_by("action").values_list("action", flat=True)
    return list(names.distinct())
