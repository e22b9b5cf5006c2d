"""The secret address of a feed: made, made again, revoked, and looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.models import Employee, FeedToken
from people.tokens import digest_of, new_token
from privacy import audit

if TYPE_CHECKING:
    from people.enums import FeedKind


@transaction.atomic
def renew_feed(*, actor: Employee, kind: FeedKind) -> str:
    """Make the actor's secret again and return it: it is shown once, only a digest is kept.

    An earlier one stops working at once.
    """
    token = new_token()
    FeedToken.objects.update_or_create(
        employee=actor,
        kind=kind,
        defaults={"digest": digest_of(token), "created_at": timezone.now(), "read_on": None},
    )
    audit.record(actor=actor, action="feed.renew", target=actor, kind=str(kind))
    return token


@transaction.atomic
def revoke_feed(*, actor: Employee, kind: FeedKind) -> bool:
    """Close the address; whether there was one. Closing none changes nothing."""
    removed, _rows = FeedToken.objects.filter(employee=actor, kind=kind).delete()
    if removed:
        audit.record(actor=actor, action="feed.revoke", target=actor, kind=str(kind))
    return bool(removed)


def owner_of(token: str, kind: FeedKind) -> Employee | None:
    """Whose secret it is; None for one nobody has, and once its owner has left.

    The digest is looked up, never the token: how long that takes says nothing about a token.
    """
    found = (
        FeedToken.objects.filter(digest=digest_of(token), kind=kind, employee__is_active=True)
        .select_related("employee")
        .first()
    )
    if found is None:
        return None
    today = timezone.localdate()
    if found.read_on != today:
        FeedToken.objects.filter(pk=found.pk).update(read_on=today)
    return found.employee
