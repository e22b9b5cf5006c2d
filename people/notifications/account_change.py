"""What happened to an account, to its owner. Every link is made of BASE_URL, never of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.enums import AccountChange
from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind, register_kind

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Notification


@register_kind
class AccountChanged(NotificationKind):
    """To the account's address, or to the one that was taken from it."""

    name = "people.account_change"
    label = gettext_lazy("Something was changed in the account")
    to_closed_accounts = True

    def mail(self, notification: Notification) -> EmailMultiAlternatives:
        employee, change = notification.employee, notification.object_id
        at, what = notification.created_at, AccountChange(change).label
        context = {
            "employee": employee,
            "what": what,
            "at": timezone.localtime(at),
            "is_address": bool(notification.address),
            "reset_address": absolute(reverse("account_reset_password")),
        }
        return personal_mail(
            employee=employee,
            subject=_("Sparringsrummet: %(what)s") % {"what": what},
            text=render_to_string("people/mail/account_change.txt", context),
            message_id=f"account-{change}-{employee.pk}-{at:%Y%m%d%H%M%S%f}",
        )
