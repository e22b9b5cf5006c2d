"""The query log: queries, misses and opened answers; never the user."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryLogEntry(models.Model):
    """A query and its number of hits; never the user. Kept for 90 days."""

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
    """An opened answer: query, document and position. Kept for 90 days."""

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
