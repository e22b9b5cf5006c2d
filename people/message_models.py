"""How somebody wants to be written to, and the short messages on their way to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import ALWAYS_AT_ONCE, Frequency, MessageKind


class MessageChoice(models.Model):
    """One person's choice for one kind of message; without a row the default holds."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="message_choices",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MessageKind.choices)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices)

    class Meta:
        verbose_name = _("choice of messages")
        verbose_name_plural = _("choices of messages")
        constraints = [
            models.UniqueConstraint(fields=["employee", "kind"], name="message_choice_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=ALWAYS_AT_ONCE), name="message_choice_not_of_invitations"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.kind}: {self.frequency}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> NoticeQuerySet:
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)


class Notice(models.Model):
    """One short message to one person; `key` makes it exist, and go, once.

    No text is kept: `source` and `object_id` say what it is about, and whoever registered the
    source writes the line when it goes out, or says that it is overtaken.
    """

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("to"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MessageKind.choices)
    source = models.CharField(max_length=40, editable=False)
    object_id = models.CharField(max_length=40, editable=False)
    key = models.CharField(max_length=120, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("overtaken"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["employee", "created_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="notice_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.key
