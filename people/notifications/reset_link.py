"""The link to a new password. It is made when the mail goes out: no row and no log holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind, register_kind

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Notification


@register_kind
class ResetLink(NotificationKind):
    name = "people.reset_link"
    label = gettext_lazy("The link to a new password")

    def mail(self, notification: Notification) -> EmailMultiAlternatives:
        employee = notification.employee
        key = default_token_generator.make_token(employee)
        path = reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": int_to_base36(employee.pk), "key": key},
        )
        context = {
            "employee": employee,
            "address": absolute(path),
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        }
        return personal_mail(
            employee=employee,
            subject=_("Sparringsrummet: make a new password"),
            text=render_to_string("people/mail/reset_link.txt", context),
            message_id=f"reset-{employee.pk}-{notification.created_at:%Y%m%d%H%M%S%f}",
        )
