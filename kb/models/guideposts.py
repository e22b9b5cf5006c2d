"""Guideposts: the few sentences the work steers by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField, SafeTextField


class Guidepost(models.Model):
    """One guidepost and the question it asks."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    title = SafeCharField(_("title"), max_length=80)
    text = SafeTextField(_("text"))
    question = SafeCharField(_("question"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("guidepost")
        verbose_name_plural = _("guideposts")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title
