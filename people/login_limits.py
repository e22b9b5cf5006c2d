"""How often a password may be guessed (docs/decisions/0025). Right ones are never counted.

A browser that has logged in to an account before carries a signed mark. Strangers cannot use up the
tries of such browsers, so the owner can log in while strangers guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core import signing

from privacy.clients import client_address
from privacy.limits import Limit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from people.models import Employee

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
# Wrong tries: at one account from one client, at one account from everywhere, from one client at
# all accounts (a whole municipality may be one), at one account from browsers it knows.
PAIR = Limit("login.pair", most=5, period=QUARTER)
ACCOUNT = Limit("login.account", most=50, period=HOUR)
CLIENT = Limit("login.client", most=100, period=QUARTER)
KNOWN = Limit("login.known", most=10, period=QUARTER)
# Mails with a link to a new password.
RESETS_OF_ACCOUNT = Limit("reset.account", most=5, period=HOUR)
RESETS_FROM_CLIENT = Limit("reset.client", most=60, period=HOUR)

MARK = "browser"
SALT = "people.known_browser"
MARK_KEPT = timedelta(days=180)
MOST_MARKS = 8  # people who share a computer

Try = tuple[Limit, str]


class LimitReached(NamedTuple):
    """Which count was full, whose, and when it may be tried again."""

    limit: Limit
    who: str
    until: datetime


def tries_at(request: HttpRequest, account: Employee | None, typed: str) -> list[Try]:
    """The limits one try counts against. An unknown name is counted like an account."""
    who = str(account.pk) if account else f"name {typed.strip().casefold()}"
    if account and account.pk in _marked(request):
        return [(KNOWN, who)]
    client = client_address(request)
    return [(PAIR, f"{who} {client}"), (ACCOUNT, who), (CLIENT, client)]


def reserve(tries: Iterable[Try]) -> LimitReached | None:
    """Count a try before the password is checked, so that simultaneous tries are counted.

    Returns the limit that was reached, or None; a refused try counts against no other limit.
    """
    reserved: list[Try] = []
    for limit, who in tries:
        reserved.append((limit, who))
        until = limit.count(who)
        if until is not None:
            release_tries(reserved)
            return LimitReached(limit, who, until)
    return None


def is_first_refusal(put_off: LimitReached) -> bool:
    """Whether this is the limit's first refusal in its period: only that one is audited.

    Audit rows cannot be deleted, so further requests must not add any.
    """
    limit, who, until = put_off
    reported = Limit(f"{limit.name}.told", most=1, period=limit.period)
    return reported.count(f"{who} {until.isoformat()}") is None


def release_tries(tries: Iterable[Try]) -> None:
    """It was no wrong try after all."""
    for limit, who in tries:
        limit.give_back(who)


def reset_tries(request: HttpRequest, account: Employee) -> None:
    """Reset the tries after a password reset, which proves the account's owner."""
    who = str(account.pk)
    for limit, key in ((KNOWN, who), (PAIR, f"{who} {client_address(request)}"), (ACCOUNT, who)):
        limit.forget(key)


def mark(request: HttpRequest, response: HttpResponse, account: Employee) -> None:
    """Mark the browser as one in which this account has logged in."""
    marks = [account.pk, *(pk for pk in _marked(request) if pk != account.pk)][:MOST_MARKS]
    response.set_cookie(
        MARK,
        signing.dumps(marks, salt=SALT),
        max_age=MARK_KEPT,
        path="/konto/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marked(request: HttpRequest) -> list[int]:
    try:
        marks = signing.loads(request.COOKIES.get(MARK, ""), salt=SALT, max_age=MARK_KEPT)
    except signing.BadSignature:
        return []
    return [pk for pk in marks if isinstance(pk, int)]
