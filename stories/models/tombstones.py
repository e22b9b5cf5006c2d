"""The trace of a withdrawn story: enough to keep it away, without its text (SEC-21)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryTombstone(models.Model):
    """A restore, a late job or a copy that brings the story back is withdrawn again by this row.

    `uid` is the story's; `address_hash` is SHA-256 of its address, since an address is a title.
    """

    uid = models.UUIDField(_("story"), unique=True)
    address_hash = models.CharField(_("address"), max_length=64, db_index=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the system itself, because the consent had ended."),
    )

    class Meta:
        verbose_name = _("withdrawn story")
        verbose_name_plural = _("withdrawn stories")
        ordering = ["-withdrawn_at"]

    def __str__(self) -> str:
        return str(self.uid)
