"""A new publication in a theme that somebody follows, or one that they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import PublicationPage, PublicationWait, ThemeFollow
from people.collected_mail import Line
from people.enums import Topic
from people.mails import absolute, personal_mail
from people.notification_kinds import NotificationKind, register_kind

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.models import Notification


@register_kind
class Publication(NotificationKind):
    """Nothing once it is withdrawn; no line either once its themes are no longer followed."""

    name = "kb.publication"
    label = gettext_lazy("A new publication in a theme the person follows")
    topic = Topic.FOLLOWED
    once_ever = True

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        page = _live(notification)
        if page is None:
            return None
        awaited = _is_awaited(page, notification)
        subject = (
            _("It is out: %(title)s") % {"title": page.title}
            if awaited
            else _("New in a theme you follow: %(title)s") % {"title": page.title}
        )
        context = {
            "awaited": awaited,
            "employee": notification.employee,
            "publication": page,
            "address": absolute(page.url),
            "settings_address": absolute(reverse("people:own_calendar")),
        }
        return personal_mail(
            employee=notification.employee,
            subject=subject,
            text=render_to_string("kb/mail/publication.txt", context),
            message_id=f"publication-notice-{notification.pk}",
            topics=[Topic.FOLLOWED],
        )

    def line(self, notification: Notification) -> Line | None:
        page = _live(notification)
        if page is None or page.is_forthcoming:
            return None
        if _is_awaited(page, notification):
            return Line(_("It is out: %(title)s") % {"title": page.title}, page.url)
        follows = ThemeFollow.objects.filter(theme__in=page.themes.all())
        if not follows.filter(employee=notification.employee).exists():
            return None
        return Line(_("New in a theme you follow: %(title)s") % {"title": page.title}, page.url)


def _is_awaited(page: PublicationPage, notification: Notification) -> bool:
    waits = PublicationWait.objects.filter(publication=page, employee=notification.employee)
    return waits.exists()


def _live(notification: Notification) -> PublicationPage | None:
    page: PublicationPage | None = (
        PublicationPage.objects.live().filter(pk=notification.object_id).first()
    )
    return page
