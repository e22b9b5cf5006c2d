"""Which events count for which modules: who was there has passed them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from learning.models.programmes import Module


class ModuleEvent(models.Model):
    """Editors say it once; from then on the organiser's list of who came records the passes."""

    module = models.ForeignKey(
        Module, verbose_name=_("module"), on_delete=models.CASCADE, related_name="counting_events"
    )
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="counts_for",
    )

    panels = [FieldPanel("module"), FieldPanel("event")]

    class Meta:
        verbose_name = _("event that counts for a module")
        verbose_name_plural = _("events that count for modules")
        ordering = ["-event__date", "module"]
        constraints = [
            models.UniqueConstraint(fields=["module", "event"], name="event_counts_once_for_module")
        ]

    def __str__(self) -> str:
        return f"{self.event} – {self.module}"
