"""What people add to the editors' admin: why somebody got no mail. No rule lives here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.models import Employee
from people.roles import Right
from people.why_no_mail import why_no_mail

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def why_no_mail_address() -> list[URLPattern]:
    """The page's address in the editors' admin."""
    return [path("besked/", why_no_mail, name="why_no_mail")]


class WhyNoMailItem(MenuItem):
    """Shown to those who help people with their accounts."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, Employee) and user.may(Right.MANAGE_ACCOUNTS)


@hooks.register("register_reports_menu_item")
def why_no_mail_item() -> MenuItem:
    """Its place among the reports."""
    return WhyNoMailItem(
        _("Why did somebody get no mail?"),
        reverse_lazy("why_no_mail"),
        name="why-no-mail",
        icon_name="mail",
        order=700,
    )
