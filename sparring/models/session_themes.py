"""What somebody brings to a session, themes and stories; said by nobody's name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sessions import SparringSession


class SessionTheme(models.Model):
    """A theme whose dilemmas lie ready for a session."""

    session = models.ForeignKey(
        SparringSession,
        verbose_name=_("sparring"),
        on_delete=models.CASCADE,
        related_name="session_themes",
    )
    theme = models.ForeignKey(
        "kb.ThemePage", verbose_name=_("theme"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("theme brought to a session")
        verbose_name_plural = _("themes brought to sessions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "theme"], name="theme_brought_once_to_a_talk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.theme_id}"


class SessionStory(models.Model):
    """A story that somebody laid on the table for a session."""

    session = models.ForeignKey(
        SparringSession,
        verbose_name=_("sparring"),
        on_delete=models.CASCADE,
        related_name="session_stories",
    )
    story = models.ForeignKey(
        "stories.StoryPage", verbose_name=_("story"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("story brought to a session")
        verbose_name_plural = _("stories brought to sessions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "story"], name="story_brought_once_to_a_talk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.story_id}"
