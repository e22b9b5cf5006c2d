"""Why and when a story is to be reviewed again: its year, a closed offer, a retired legal term."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.enums import ReviewCause


class PeriodicReview(models.Model):
    """One cause for one story, stored once: a settled cause does not come back.

    `about` is the cause's own key: the day, the offer's or the law word's primary key.
    """

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="periodic_reviews",
    )
    cause = models.CharField(_("cause"), max_length=8, choices=ReviewCause.choices)
    about = models.CharField(_("key"), max_length=20, editable=False)
    due_on = models.DateField(_("due"))
    made_at = models.DateTimeField(_("noticed"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("rereading")
        verbose_name_plural = _("rereadings")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "cause", "about"], name="story_periodic_review_once_per_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.cause}"
