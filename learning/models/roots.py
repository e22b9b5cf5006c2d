"""The theory that the methods stand on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from kb.models.approved import ApprovedContent
from privacy.fields import SafeCharField, SafeTextField


class Root(ApprovedContent):
    """One line of theory, in a sentence or two of our own."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("name"), max_length=120, unique=True)
    explanation = SafeTextField(_("explanation"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    preview_page = "learning/root.html"

    panels = [
        FieldPanel("slug"),
        FieldPanel("name"),
        FieldPanel("explanation"),
        FieldPanel("position"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("root")
        verbose_name_plural = _("roots")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def preview_more(self) -> dict[str, Any]:
        return {"root": self}

    def get_absolute_url(self) -> str:
        return reverse("methods:root", args=[self.slug])
