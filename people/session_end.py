"""When a login ends: after an idle while, and after some hours however busy (SEC-14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .signals import STARTED

if TYPE_CHECKING:
    from django.http import HttpRequest

WARNED = 5 * 60


@dataclass(frozen=True)
class SessionEnd:
    """Seconds until the login ends if nothing is done, and until it ends whatever is done."""

    left: int
    most: int
    warned: int = WARNED


def end_put_off(request: HttpRequest) -> SessionEnd:
    """When it ends after a request that somebody made: such a request puts the end off."""
    most = _most(request)
    return SessionEnd(min(settings.SESSION_COOKIE_AGE, most), most)


def end_as_it_stands(request: HttpRequest) -> SessionEnd:
    """When it ends by the last request that somebody made; asking changes nothing."""
    stored = Session.objects.filter(session_key=request.session.session_key)
    expires = stored.values_list("expire_date", flat=True).first() or timezone.now()
    most = _most(request)
    idle = int((expires - timezone.now()).total_seconds())
    return SessionEnd(max(0, min(idle, most)), most)


def owner_mark(request: HttpRequest) -> str:
    """Tells one person's pages from another's in one browser, and says nothing of who it is."""
    return salted_hmac("people.session_end", str(request.user.pk)).hexdigest()[:20]


def _most(request: HttpRequest) -> int:
    now = timezone.now().timestamp()
    started = float(request.session.get(STARTED, now))
    return max(0, int(started + settings.SESSION_ABSOLUTE_AGE - now))
