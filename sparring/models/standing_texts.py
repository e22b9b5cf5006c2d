"""Words about a citizen that somebody has looked at and let stand, so that they ask once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StandingText(models.Model):
    """One text that was saved with a warning. `digest` is a keyed hash: it holds no word.

    It goes when no such text is stored any more.
    """

    digest = models.CharField(_("which text"), max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("let stand"), auto_now_add=True)

    class Meta:
        verbose_name = _("text that stands")
        verbose_name_plural = _("texts that stand")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest
