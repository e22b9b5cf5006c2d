"""External calendars that block a person's time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import CalendarProblem


class BusyCalendar(models.Model):
    """An external calendar: uploaded (`address` is empty) or subscribed to.

    Its content is not stored, only the busy times, as `BusyTime` rows whose `source`
    is this calendar's. `covers_until` is the day those reach to; `skipped` counts appointments that
    could not be understood.
    """

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="busy_calendars",
    )
    address = models.URLField(_("address"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    covers_until = models.DateField(_("reaches until"), null=True, blank=True)
    skipped = models.PositiveIntegerField(_("not understood"), default=0)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    problem = models.CharField(
        _("problem"), max_length=16, choices=CalendarProblem.choices, blank=True
    )
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.source

    @property
    def source(self) -> str:
        """What the busy times of this calendar carry as their source."""
        return f"calendar:{self.pk}"
