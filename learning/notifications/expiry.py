"""A certificate runs out soon, to who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import day
from learning.models import Certificate
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class CertificateExpires(LineKind):
    """Nothing once it is renewed, revoked, or has run out."""

    name = "learning.expiry"
    label = gettext_lazy("A certificate of the person runs out soon")
    topic = Topic.REMINDERS
    once_ever = True

    def line(self, notification: Notification) -> Line | None:
        valid = Certificate.objects.valid_on(timezone.localdate())
        certificate = valid.filter(pk=notification.object_id, expires_on__isnull=False).first()
        if certificate is None:
            return None
        text = _("Your certificate in %(title)s holds until %(day)s") % {
            "title": certificate.title,
            "day": day(certificate.expires_on),
        }
        return Line(text, reverse("learning:mine"))
