"""What people are told: one table for everything, and what they choose to hear about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .enums import ALWAYS_AT_ONCE, Channel, Frequency, NotificationState, Reason, Topic

if TYPE_CHECKING:
    from datetime import datetime

WAITING = Q(state=NotificationState.WAITING)
EVENT = ("event_uid", "event_sequence", "event_starts_at", "event_ends_at")


class NotificationChoice(models.Model):
    """One person's choice for one topic; without a row the default applies."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="notification_choices",
    )
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices)

    class Meta:
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        constraints = [
            models.UniqueConstraint(fields=["employee", "topic"], name="notification_choice_once"),
            models.CheckConstraint(
                condition=~Q(topic__in=ALWAYS_AT_ONCE),
                name="notification_choice_not_of_invitations",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.topic}: {self.frequency}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications by what is still to happen to them."""

    def waiting(self) -> NotificationQuerySet:
        return self.filter(WAITING)

    def due(self, at: datetime) -> NotificationQuerySet:
        """What waits and is to be sent, or tried again, by that moment."""
        return self.filter(WAITING, next_try_at__lte=at)

    def handed_in(self) -> NotificationQuerySet:
        """What is settled or on its way: what can still change when handed in again is left out."""
        return self.exclude(state=NotificationState.HELD_BACK, reason__in=Reason.can_change())


class Notification(models.Model):
    """One thing that one person is told; `key` makes it exist, and go out, once.

    No text is kept. `kind` names the file that writes the mail or the line when it goes out
    (people/notification_kinds.py) and `object_id` says what it is about. Where a calendar file goes
    along, the event's time and sequence are those of the moment it was handed in, for a calendar
    that is behind.
    """

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("to"),
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    address = models.EmailField(
        _("to another address than the account's"), blank=True, editable=False
    )
    kind = models.CharField(_("kind"), max_length=40, editable=False)
    object_id = models.CharField(max_length=40, blank=True, editable=False)
    key = models.CharField(max_length=120, unique=True, editable=False)
    channel = models.CharField(_("way"), max_length=8, choices=Channel.choices)
    state = models.CharField(_("state"), max_length=12, choices=NotificationState.choices)
    reason = models.CharField(_("why"), max_length=12, choices=Reason.choices, blank=True)
    created_at = models.DateTimeField(_("created"))
    next_try_at = models.DateTimeField(_("goes out, or is tried again"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    settled_at = models.DateTimeField(_("sent, held back or given up"), null=True, blank=True)
    message_id = models.CharField(_("name of the mail"), max_length=255, blank=True)
    event_uid = models.UUIDField(null=True, blank=True, editable=False)
    event_sequence = models.PositiveIntegerField(null=True, blank=True, editable=False)
    event_starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    event_ends_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NotificationState.values), name="notification_state"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notification_channel"
            ),
            models.CheckConstraint(
                name="notification_waits_for_a_time_or_is_settled",
                condition=Q(WAITING, next_try_at__isnull=False, settled_at__isnull=True)
                | Q(~WAITING, next_try_at__isnull=True, settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notification_unsent_for_a_reason",
                condition=WAITING
                | Q(state__in=[NotificationState.HELD_BACK, NotificationState.FAILED])
                & Q(reason__in=Reason.values)
                | Q(state__in=[NotificationState.SENT, NotificationState.FORGOTTEN], reason=""),
            ),
            models.CheckConstraint(
                name="notification_sent_as_a_mail",
                condition=~Q(state=NotificationState.SENT) | ~Q(message_id=""),
            ),
            models.CheckConstraint(
                name="notification_forgotten_without_its_object",
                condition=~Q(state=NotificationState.FORGOTTEN)
                | Q(object_id="", address="", message_id="", event_uid__isnull=True),
            ),
            models.CheckConstraint(
                name="notification_event_whole_or_none",
                condition=Q(**{f"{field}__isnull": True for field in EVENT})
                | Q(
                    **{f"{field}__isnull": False for field in EVENT},
                    event_ends_at__gt=F("event_starts_at"),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=WAITING, name="notification_due"),
            models.Index(fields=["employee", "-created_at"], name="notification_of_person"),
            models.Index(
                fields=["event_uid"],
                condition=Q(event_uid__isnull=False),
                name="notification_of_event",
            ),
        ]

    def __str__(self) -> str:
        return self.key
