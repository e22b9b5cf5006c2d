"""Reviewers' decisions, and authors' reasons for warnings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeTextField
from stories.enums import Decision


class StoryReview(models.Model):
    """One decision of one reviewer about one text."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="reviews",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision = models.CharField(_("decision"), max_length=12, choices=Decision.choices)
    reason = SafeTextField(_("reason"), max_length=1000, blank=True)
    digest = models.CharField(_("text that was read"), max_length=64)
    decided_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="story_sent_back_with_reason",
                condition=~Q(decision=str(Decision.REJECTED.value)) | Q(reason__regex=r"\S"),
                violation_error_message=_("Write what the author should change, and why."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.decision}"


class WarningReason(models.Model):
    """Why a warning may stay, given by a named person (SEC-23)."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="warning_reasons",
    )
    fingerprint = models.CharField(_("what was found"), max_length=64)
    reason = SafeTextField(_("reason"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("reason for a warning")
        verbose_name_plural = _("reasons for warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "fingerprint"], name="story_warning_reason_once"
            ),
            models.CheckConstraint(
                name="story_warning_reason_given",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("Write a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.fingerprint[:8]}"
