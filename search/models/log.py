"""What was searched for, what found nothing and what was opened; never who did it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryLogEntry(models.Model):
    """A query and how much it found; never who asked. Kept for 90 days."""

    day = models.DateField(_("day"), auto_now_add=True)
    query = models.CharField(_("query"), max_length=200)
    hits = models.PositiveIntegerField(_("hits"))
    index = models.CharField(_("index"), max_length=20)
    engine = models.CharField(_("engine"), max_length=20)

    class Meta:
        verbose_name = _("logged query")
        verbose_name_plural = _("logged queries")
        ordering = ["-id"]
        indexes = [models.Index(fields=["day", "hits"], name="querylogentry_day_hits")]

    def __str__(self) -> str:
        return self.query


class ClickLogEntry(models.Model):
    """An answer that was opened: what was asked for, what, and at which place. Kept for 90 days."""

    day = models.DateField(_("day"), auto_now_add=True)
    query = models.CharField(_("query"), max_length=200)
    document = models.CharField(_("document"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("opened answer")
        verbose_name_plural = _("opened answers")
        ordering = ["-id"]
        indexes = [models.Index(fields=["day"], name="clicklogentry_day")]

    def __str__(self) -> str:
        return f"{self.query}: {self.document}"
