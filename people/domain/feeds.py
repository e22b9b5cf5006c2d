"""The secret address at which one's own calendar fetches one's own talks."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from people.models import CalendarFeed, Employee
from privacy import audit


@transaction.atomic
def renew_feed(*, actor: Employee) -> str:
    """Make the actor's address anew and return its token: it is shown once, only a hash is kept.

    An earlier address stops working at once.
    """
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        employee=actor,
        defaults={"token_hash": _hash(token), "created_at": timezone.now(), "read_on": None},
    )
    audit.record(actor=actor, action="feed.renew", target=actor)
    return token


@transaction.atomic
def revoke_feed(*, actor: Employee) -> None:
    """Close the address; closing none changes nothing."""
    removed, _rows = CalendarFeed.objects.filter(employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="feed.revoke", target=actor)


def owner_of(token: str) -> Employee | None:
    """Whose address it is; None for a token nobody has, and once its owner has left."""
    feed = (
        CalendarFeed.objects.filter(token_hash=_hash(token), employee__is_active=True)
        .select_related("employee")
        .first()
    )
    if feed is None:
        return None
    today = timezone.localdate()
    if feed.read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=today)
    return feed.employee


def _hash(token: str) -> str:
    """Without salt: the token is 256 random bits, nobody guesses it from the hash."""
    return hashlib.sha256(token.encode()).hexdigest()
