"""What colleagues say back: three words, no stars, no ranking (docs/domain.md B5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.enums import ResponseKind


class StoryResponse(models.Model):
    """One person's response of one kind."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="responses",
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    kind = models.CharField(_("response"), max_length=12, choices=ResponseKind.choices)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "employee", "kind"], name="story_response_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.kind}"
