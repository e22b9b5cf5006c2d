"""The secret address at which one's own calendar fetches one's own talks."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from people.models import CalendarFeed, Employee
from people.tokens import digest_of, new_token
from privacy import audit


@transaction.atomic
def renew_feed(*, actor: Employee) -> str:
    """Make the actor's address anew and return its token: it is shown once, only a hash is kept.

    An earlier address stops working at once.
    """
    token = new_token()
    CalendarFeed.objects.update_or_create(
        employee=actor,
        defaults={"token_hash": digest_of(token), "created_at": timezone.now(), "read_on": None},
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
        CalendarFeed.objects.filter(token_hash=digest_of(token), employee__is_active=True)
        .select_related("employee")
        .first()
    )
    if feed is None:
        return None
    today = timezone.localdate()
    if feed.read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=today)
    return feed.employee
