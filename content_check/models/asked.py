"""That somebody was asked about numbers without a source, so that they are asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import Page


class AskedAbout(models.Model):
    """The numbers of a page that its writer was asked about; others are asked about again."""

    page: models.ForeignKey[Page, Page] = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(_("which numbers"), max_length=64)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)

    class Meta:
        verbose_name = _("question about numbers")
        verbose_name_plural = _("questions about numbers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "digest"], name="asked_about_numbers_once")
        ]

    def __str__(self) -> str:
        return self.digest
