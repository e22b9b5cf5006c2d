"""What a session ended with, and whether it happened (docs/domain.md B4 step 8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sparring.enums import ActionDone, ChangedMind, FollowUpState

from .actions import Action
from .beliefs import Belief
from .sessions import SparringSession
from .text_fields import CaseTextField


class Outcome(models.Model):
    """What a session ends in: a belief, one action, a word to the citizen, a date.

    All of it is required before a session is closed.
    """

    session = models.OneToOneField(
        SparringSession, on_delete=models.PROTECT, related_name="outcome"
    )
    belief = models.OneToOneField(Belief, on_delete=models.PROTECT, related_name="outcome")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="outcome_of")
    changed_mind = models.CharField(_("did it move"), max_length=6, choices=ChangedMind.choices)
    citizen_told = CaseTextField(_("what is said to the citizen"), max_length=600)
    citizen_told_on = models.DateField(_("when it is said"))
    registered_at = models.DateTimeField(_("registered"), auto_now_add=True)
    story = models.OneToOneField(
        "stories.StoryPage",
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("outcome of a session")
        verbose_name_plural = _("outcomes of sessions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(citizen_told__trim=""), name="outcome_says_something_to_citizen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.changed_mind}"


class FollowUp(models.Model):
    """The date on which somebody asks whether the agreed action was done."""

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="follow_up")
    due_on = models.DateField(_("follow-up"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    action_done = models.CharField(
        _("was it done"), max_length=8, choices=ActionDone.choices, blank=True
    )
    note = CaseTextField(_("what happened"), max_length=600, blank=True)
    citizen_reaction = CaseTextField(
        _("what the citizen said to it"), max_length=600, blank=True, default="", db_default=""
    )
    belief = models.OneToOneField(
        Belief,
        verbose_name=_("belief again"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_up",
    )
    next_step = CaseTextField(
        _("what happens next"), max_length=200, blank=True, default="", db_default=""
    )
    dropped_because = CaseTextField(_("dropped because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(action_done=""),
                name="follow_up_done_has_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.due_on}"

    @property
    def state(self) -> FollowUpState:
        """Where it stands today (docs/domain.md B2)."""
        if self.done_at is not None:
            return FollowUpState.DONE
        if self.dropped_because:
            return FollowUpState.DROPPED
        today = timezone.localdate()
        if self.due_on == today:
            return FollowUpState.TODAY
        return FollowUpState.OVERDUE if self.due_on < today else FollowUpState.COMING
