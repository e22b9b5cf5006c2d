"""Events that belong together: a series has a page of its own."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from kb.models.approved import ApprovedContent
from privacy.fields import SafeCharField, SafeTextField


class EventSeries(ApprovedContent):
    """A row of events under one name, such as a year's theme afternoons."""

    name = SafeCharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    intro = SafeTextField(_("introduction"), blank=True)

    preview_page = "events/series.html"

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("intro"), PublishingPanel()]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def preview_more(self) -> dict[str, Any]:
        return {"series": self}

    def get_absolute_url(self) -> str:
        return reverse("events:series", args=[self.slug])
