"""Requests for a talk about a theme, answered yes with a time, or no."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.mails import host
from people.roles import Right
from privacy.fields import SafeCharField, SafeTextField

if TYPE_CHECKING:
    from people.models import Employee

KEPT_DAYS = 180


class TalkRequestQuerySet(models.QuerySet["TalkRequest"]):
    """Requests by who answers them and by whether they wait."""

    def answerable_by(self, employee: Employee) -> TalkRequestQuerySet:
        """Those of the themes whose contact they are; all of them for editors."""
        if employee.may(Right.EDIT_PAGES):
            return self
        return self.filter(theme__contact__employee=employee)

    def readable_by(self, employee: Employee) -> TalkRequestQuerySet:
        """Those they may answer, and those they asked for themselves."""
        if employee.may(Right.EDIT_PAGES):
            return self
        own = Q(asked_by=employee)
        return self.filter(own | Q(theme__contact__employee=employee)).distinct()

    def waiting(self) -> TalkRequestQuerySet:
        return self.filter(accepted__isnull=True)

    def past_keeping(self, today: datetime) -> TalkRequestQuerySet:
        """Answered so long ago that who asked is nobody's business any more."""
        limit = today - timedelta(days=KEPT_DAYS)
        return self.filter(Q(starts_at__lt=limit) | Q(accepted=False, answered_at__lt=limit))


class TalkRequest(models.Model):
    """Somebody asks a theme's contact to come and talk; they leave how to reach them."""

    theme = models.ForeignKey(
        "kb.ThemePage",
        verbose_name=_("theme"),
        on_delete=models.CASCADE,
        related_name="talk_requests",
    )
    organisation = SafeCharField(_("organisation"), max_length=160)
    topic = SafeTextField(_("what the presentation should be about"))
    suitable_days = SafeCharField(
        _("days that suit you"), max_length=200, help_text=_("Two or three days, or a period.")
    )
    audience = models.PositiveSmallIntegerField(
        _("how many will listen"), validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    name = SafeCharField(_("your name"), max_length=120)
    email = models.EmailField(_("your mail"))
    phone = SafeCharField(_("your telephone"), max_length=20, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="talk_requests",
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    accepted = models.BooleanField(_("accepted"), null=True, editable=False)
    answer = SafeTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    location = SafeCharField(_("where"), max_length=160, blank=True)

    objects = TalkRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a presentation")
        verbose_name_plural = _("requests for presentations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__gte=1), name="talk_request_has_an_audience"
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answered_at__isnull=True)
                | Q(accepted__isnull=False, answered_at__isnull=False),
                name="talk_request_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    accepted__isnull=False,
                    accepted=True,
                    starts_at__isnull=False,
                    minutes__isnull=False,
                    minutes__gte=1,
                )
                | (
                    (Q(accepted__isnull=True) | Q(accepted=False))
                    & Q(starts_at__isnull=True, minutes__isnull=True)
                ),
                name="talk_request_accepted_with_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation

    @property
    def is_waiting(self) -> bool:
        return self.accepted is None

    @property
    def ends_at(self) -> datetime | None:
        if self.starts_at is None or self.minutes is None:
            return None
        return timezone.localtime(self.starts_at + timedelta(minutes=self.minutes))

    @property
    def uid(self) -> str:
        """The same for the same talk in every calendar file of it."""
        return f"talk-{self.pk}@{host()}"
