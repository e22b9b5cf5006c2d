"""Around the review: claims and appeals."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeTextField


class ReviewClaim(models.Model):
    """A reviewer's claim on a story, valid until a time; one at a time."""

    story = models.OneToOneField(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="claim",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("reader at work")
        verbose_name_plural = _("readers at work")

    def __str__(self) -> str:
        return f"{self.story_id} {self.reviewer_id}"

    def holds_at(self, moment: datetime) -> bool:
        """Whether it has not run out."""
        return self.until > moment


class StoryAppeal(models.Model):
    """The author appeals a refusal to a second reviewer; once for each refusal."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="appeals",
    )
    review = models.OneToOneField(
        "stories.StoryReview",
        verbose_name=_("the answer it is about"),
        on_delete=models.CASCADE,
        related_name="appeal",
    )
    reason = SafeTextField(_("why"), max_length=1000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("question to a second reader")
        verbose_name_plural = _("questions to a second reader")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="story_appeal_with_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("Write why a second reader should look at it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.made_at:%Y-%m-%d}"
