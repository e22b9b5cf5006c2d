"""Which stories were laid on the table in a session; said by those in it, and by nobody's name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sessions import SparringSession


class StoryUse(models.Model):
    """A story that was used in a session."""

    session = models.ForeignKey(
        SparringSession,
        verbose_name=_("sparring"),
        on_delete=models.CASCADE,
        related_name="story_uses",
    )
    story = models.ForeignKey(
        "stories.StoryPage", verbose_name=_("story"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("story used in a session")
        verbose_name_plural = _("stories used in sessions")
        constraints = [
            models.UniqueConstraint(fields=["session", "story"], name="story_used_once_in_a_talk")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.story_id}"
