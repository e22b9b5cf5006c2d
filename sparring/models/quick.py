"""“Do you have ten minutes?”: asked of three at most, and the first yes gets the session."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from sparring.enums import QuickAnswer, QuickState

from .cases import Case
from .sessions import SparringSession
from .text_fields import CaseCharField


class QuickAsk(models.Model):
    """A caseworker asks those who are free right now; taken exactly once or not at all."""

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="quick_asks"
    )
    asked_by = models.ForeignKey(
        Employee, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="quick_asks"
    )
    key_question = CaseCharField(_("key question"), max_length=140, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("expires"))
    state = models.CharField(
        _("state"), max_length=10, choices=QuickState.choices, default=QuickState.OPEN
    )
    session = models.OneToOneField(
        SparringSession,
        verbose_name=_("sparring"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quick_ask",
    )

    class Meta:
        verbose_name = _("question for ten minutes")
        verbose_name_plural = _("questions for ten minutes")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by"], condition=Q(state="open"), name="quick_one_open_per_asker"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="open"), name="quick_one_open_per_case"
            ),
            models.CheckConstraint(
                condition=Q(state="taken", session__isnull=False)
                | (~Q(state="taken") & Q(session__isnull=True)),
                name="quick_taken_has_talk",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="quick_expires_after_asking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at:%Y-%m-%d %H:%M}"


class QuickInvitation(models.Model):
    """One of the three who are asked. One yes at most, by constraint."""

    ask = models.ForeignKey(QuickAsk, on_delete=models.PROTECT, related_name="invitations")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="quick_invitations"
    )
    position = models.PositiveSmallIntegerField()
    answer = models.CharField(
        _("answer"), max_length=8, choices=QuickAnswer.choices, default=QuickAnswer.ASKED
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to ten minutes")
        verbose_name_plural = _("invitations to ten minutes")
        ordering = ["ask", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "employee"], name="quick_asked_once"),
            models.UniqueConstraint(fields=["ask", "position"], name="quick_one_per_position"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3), name="quick_three_at_most"
            ),
            models.UniqueConstraint(
                fields=["ask"], condition=Q(answer="yes"), name="quick_one_yes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.employee_id} {self.answer}"

    @property
    def waits(self) -> bool:
        """Whether a yes would still be in time."""
        standing = self.ask.state == QuickState.OPEN and self.ask.expires_at > timezone.now()
        return standing and self.answer == QuickAnswer.ASKED
