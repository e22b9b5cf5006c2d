"""Logins, failures, logouts and changes of accounts stand in the audit (SEC-12); drafts end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as two_step_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from form_drafts.domain.drafts import forget_drafts_elsewhere, forget_drafts_of
from people import login_limits
from people.domain.accounts import note_change
from people.enums import AccountChange
from people.models import Employee
from privacy import audit

if TYPE_CHECKING:
    from django.http import HttpRequest

STARTED = "session_started"


@receiver(user_logged_in)
def _logged_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None:
        request.session[STARTED] = timezone.now().timestamp()
    audit.record(actor=user, action="login.succeeded", municipality_id=user.municipality_id)


@receiver(user_login_failed)
def _login_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Audit a failed login with its account, where there is one.

    Never with the name that was tried: a mistyped password may stand there.
    """
    typed = credentials.get("username") or credentials.get("email") or ""
    audit.record(actor=None, action="login.failed", target=Employee.objects.by_login(typed))


@receiver(user_logged_out)
def _logged_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        audit.record(actor=user, action="login.ended", municipality_id=user.municipality_id)


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
def _password_changed(sender: Any, user: Employee, **kwargs: Any) -> None:
    note_change(actor=user, employee=user, change=AccountChange.PASSWORD)


@receiver(account_signals.password_reset)
def _password_reset(sender: Any, request: HttpRequest, user: Employee, **kwargs: Any) -> None:
    login_limits.reset_tries(request, user)
    note_change(actor=user, employee=user, change=AccountChange.PASSWORD_RESET)


@receiver(two_step_signals.authenticator_added)
def _two_step_on(sender: Any, user: Employee, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:  # its first recovery codes come with it
        note_change(actor=user, employee=user, change=AccountChange.TWO_STEP_ON)


@receiver(two_step_signals.authenticator_removed)
def _two_step_off(sender: Any, user: Employee, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        note_change(actor=user, employee=user, change=AccountChange.TWO_STEP_OFF)


@receiver(two_step_signals.authenticator_reset)
def _new_recovery_codes(sender: Any, user: Employee, **kwargs: Any) -> None:
    note_change(actor=user, employee=user, change=AccountChange.RECOVERY_CODES)


@receiver(two_step_signals.authenticator_used)
def _code_used(sender: Any, user: Employee, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        audit.record(actor=user, action="two_step.recovery_code_used", target=user)


@receiver(two_step_signals.authentication_failed)
def _code_failed(sender: Any, user: Employee, **kwargs: Any) -> None:
    audit.record(actor=None, action="two_step.failed", target=user)


@receiver(post_save, sender=Employee)
def _drafts_end_with_access(
    sender: Any, instance: Employee, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Whoever ends here or moves to another municipality leaves no half-written form behind."""
    if update_fields is not None and not update_fields & {"is_active", "unit"}:
        return
    if instance.is_active:
        forget_drafts_elsewhere(instance)
    else:
        forget_drafts_of(instance)
