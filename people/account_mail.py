"""The mails about an account. Every link is made of BASE_URL: no request has a word in it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _

from people.enums import AccountChange
from people.letters import absolute, letter
from people.models import Employee


def mail_change(*, employee_id: int, change: str, at: datetime, to: str = "") -> None:
    """Tell the owner what happened to the account; `to`: the address that it was taken from."""
    employee = Employee.objects.get(pk=employee_id)
    if not (to or employee.email):
        return
    with translation.override(settings.LANGUAGE_CODE):
        what = AccountChange(change).label
        context = {
            "employee": employee,
            "what": what,
            "at": timezone.localtime(at),
            "is_address": bool(to),
            "reset_address": absolute(reverse("account_reset_password")),
        }
        mail = letter(
            employee=employee,
            subject=_("Sparringsrummet: %(what)s") % {"what": what},
            text=render_to_string("people/mail/account_change.txt", context),
            message_id=f"account-{change}-{employee_id}-{at:%Y%m%d%H%M%S%f}",
        )
    mail.to = [to or employee.email]
    mail.send()


def mail_reset_link(*, employee_id: int) -> None:
    """Mail the link to a new password. The link is made here: no job and no log holds one."""
    employee = Employee.objects.filter(pk=employee_id, is_active=True).exclude(email="").first()
    if employee is None:
        return
    key = default_token_generator.make_token(employee)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": int_to_base36(employee.pk), "key": key}
    )
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "employee": employee,
            "address": absolute(path),
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        }
        mail = letter(
            employee=employee,
            subject=_("Sparringsrummet: make a new password"),
            text=render_to_string("people/mail/reset_link.txt", context),
            message_id=f"reset-{employee_id}-{timezone.now():%Y%m%d%H%M%S%f}",
        )
    mail.send()
