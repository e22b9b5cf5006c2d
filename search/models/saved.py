"""Saved searches, whose owners are notified of new results."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField


class Rhythm(models.TextChoices):
    """How often the owner of a saved search is mailed what is new in it."""

    NEVER = "never", _("No mail")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")


class SavedSearch(models.Model):
    """One person's query with its filters. `seen`: what it has found; `news`: the last new part."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    query = SafeCharField(_("query"), max_length=200, blank=True)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    rhythm = models.CharField(
        _("mail"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY
    )
    seen = ArrayField(
        models.CharField(max_length=200), verbose_name=_("seen"), default=list, blank=True
    )
    news = ArrayField(
        models.CharField(max_length=200), verbose_name=_("new"), null=True, blank=True
    )
    checked_on = models.DateField(_("last looked at"), null=True, blank=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    mailed_at = models.DateTimeField(_("last mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "query", "filters"], name="savedsearch_once")
        ]

    def __str__(self) -> str:
        return self.query
