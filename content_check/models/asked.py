"""That somebody was asked about what a text says, so that they are asked once."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedAbout(models.Model):
    """What was found in a page or an entry and asked about; other findings are asked about anew.

    `digest` tells findings apart and holds none of their words.
    """

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.CharField(_("which one"), max_length=64)
    digest = models.CharField(_("which findings"), max_length=64)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question before publishing")
        verbose_name_plural = _("questions before publishing")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "digest"], name="asked_about_findings_once"
            )
        ]

    def __str__(self) -> str:
        return self.digest
