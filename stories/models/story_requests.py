"""A request for a story on a topic that no story covers (docs/domain.md B5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField, SafeTextField


class StoryRequestQuerySet(models.QuerySet["StoryRequest"]):
    """Which requests still wait for a story."""

    def open(self) -> StoryRequestQuerySet:
        """Requests without an answer, the newest first."""
        return self.filter(answered_at__isnull=True, closed_at__isnull=True).order_by("-pk")


class StoryRequest(models.Model):
    """A requested topic, shown with the municipality and never with a name."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.CASCADE,
        related_name="story_requests",
    )
    municipality = models.ForeignKey(
        "people.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    topic = SafeCharField(_("what about"), max_length=120)
    text = SafeTextField(_("what you would like to know"), max_length=600, blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    answered_by = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("the story that answers"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answered_story_requests",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = StoryRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a story")
        verbose_name_plural = _("requests for stories")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="story_request_answered_with_a_date",
                condition=Q(answered_by__isnull=True) | Q(answered_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.topic
