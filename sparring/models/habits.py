"""Who has put the month's habit away: until the next month, and nobody else sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee


class HabitDismissal(models.Model):
    """One person, one month."""

    employee = models.ForeignKey(
        Employee,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="habit_dismissals",
    )
    month = models.DateField(_("month"))

    class Meta:
        verbose_name = _("habit put away")
        verbose_name_plural = _("habits put away")
        constraints = [
            models.UniqueConstraint(fields=["employee", "month"], name="habit_put_away_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="habit_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
