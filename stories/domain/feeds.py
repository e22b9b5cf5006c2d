"""The key to one's own feed: made, made anew, or taken away."""

from __future__ import annotations

from django.db import transaction

from people.models import Employee
from people.tokens import digest_of, new_token
from privacy import audit
from stories.models import FeedKey


@transaction.atomic
def make_feed_key(*, actor: Employee) -> str:
    """A new key, shown once; the one before stops working at once."""
    key = new_token()
    FeedKey.objects.update_or_create(employee=actor, defaults={"digest": digest_of(key)})
    audit.record(actor=actor, action="story_feed.make_key", target=actor)
    return key


@transaction.atomic
def revoke_feed_key(*, actor: Employee) -> bool:
    """Stop the key from working; returns whether there was one."""
    removed, _models = FeedKey.objects.filter(employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="story_feed.revoke_key", target=actor)
    return bool(removed)


def reader_with(key: str) -> Employee | None:
    """Whose key it is, while they are still employed."""
    return Employee.objects.filter(story_feed_key__digest=digest_of(key), is_active=True).first()
