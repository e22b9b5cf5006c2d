"""The signed address that lets a guest in to their own sign-up, and to nothing else."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from events.models import SignUp
from people.mails import absolute

SALT = "events.guest"


def guest_token(sign_up: SignUp) -> str:
    """The token of a guest's sign-up; it works as long as the sign-up is remembered."""
    return signing.dumps([sign_up.pk, sign_up.event_id], salt=SALT)


def read_guest_token(token: str) -> SignUp | None:
    """The guest's sign-up; None for a token that is not ours, or whose guest is forgotten."""
    try:
        pk, event = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = SignUp.objects.filter(pk=pk, event=event, employee__isnull=True)
    return rows.filter(forgotten_at__isnull=True).select_related("event").first()


def own_link(sign_up: SignUp) -> str:
    """Where somebody sees their own sign-up: the event's page, or the guest's signed address."""
    if sign_up.employee_id is not None:
        return absolute(sign_up.event.url)
    return absolute(reverse("events:guest", args=[guest_token(sign_up)]))
