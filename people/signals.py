"""Logins, failures and logouts stand in the audit (docs/security.md R9)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from privacy import audit

STARTED = "session_started"


@receiver(user_logged_in)
def _logged_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None:
        request.session[STARTED] = timezone.now().timestamp()
    audit.record(actor=user, action="login.succeeded", municipality_id=user.municipality_id)


@receiver(user_login_failed)
def _login_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Without the name that was tried: a mistyped password may stand there."""
    audit.record(actor=None, action="login.failed")


@receiver(user_logged_out)
def _logged_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        audit.record(actor=user, action="login.ended", municipality_id=user.municipality_id)
