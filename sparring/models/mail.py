"""Mail about talks: written in the transaction that changes the talk, sent by a job (SEC-34)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Employee

from .sessions import SparringSession


class MailKind(models.TextChoices):
    INVITED = "invited", _("Invitation")
    CHANGED = "changed", _("Changed")
    CANCELLED = "cancelled", pgettext_lazy("mail", "Cancelled")
    DECLINED = "declined", _("Somebody said no")


class OutgoingMail(models.Model):
    """One mail to one person about one state of one talk; `key` makes it exist, and go, once.

    The time and the sequence are those of the moment it was written, for a calendar that is behind.
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind.choices)
    session = models.ForeignKey(
        SparringSession, verbose_name=_("sparring"), on_delete=models.PROTECT, related_name="mails"
    )
    employee = models.ForeignKey(
        Employee, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    sequence = models.PositiveIntegerField(_("calendar sequence"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    overtaken_at = models.DateTimeField(_("overtaken by a newer one"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
