"""The code in a citizen's letter, which withdraws consent without a login (SEC-20)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.enums import Party


class ConsentCode(models.Model):
    """Only a hash of the code is stored; the letter alone has the code."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="consent_codes",
    )
    party = models.CharField(_("who"), max_length=12, choices=Party.choices)
    code_hash = models.CharField(_("hash of the code"), max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("code of a letter")
        verbose_name_plural = _("codes of letters")

    def __str__(self) -> str:
        return f"{self.story_id} {self.party}"
