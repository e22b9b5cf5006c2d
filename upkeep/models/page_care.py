"""What keeps pages true: the day they are read again, and how often they are read."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PageReviewDay(models.Model):
    """The day on which somebody reads a page again. Not a part of the text, so no version of it."""

    page = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="review_day",
    )
    due_on = models.DateField(_("to be read again on"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    set_at = models.DateTimeField(_("set"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rereading of a page")
        verbose_name_plural = _("rereadings of pages")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.due_on}"


# One statement, so that readers at once are all counted.
ONE_MORE = """
INSERT INTO upkeep_dayreads AS reads (page_id, day, count) VALUES (%s, %s, 1)
ON CONFLICT (page_id, day) DO UPDATE SET count = reads.count + 1
"""


class DayReads(models.Model):
    """How often a page was opened on a day. Who opened it is written down nowhere."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="day_reads",
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times read"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reads of a page on a day")
        verbose_name_plural = _("reads of pages by day")
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="day_reads_one_row_a_day"),
            models.CheckConstraint(condition=Q(count__gt=0), name="day_reads_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.count}"

    @classmethod
    def count_one(cls, page_id: int) -> None:
        """One more read today."""
        with connection.cursor() as cursor:
            cursor.execute(ONE_MORE, [page_id, timezone.localdate()])
