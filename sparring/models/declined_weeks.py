"""Weeks in which somebody does not want to bring a case (docs/decisions/0042)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee


class DeclinedWeek(models.Model):
    """A “not that week”, said of a proposal; it holds for the whole week. Why is not asked."""

    employee = models.ForeignKey(
        Employee,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="declined_weeks",
    )
    monday = models.DateField(_("week from"))

    class Meta:
        verbose_name = _("declined week")
        verbose_name_plural = _("declined weeks")
        ordering = ["monday"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "monday"], name="declined_week_once"),
            models.CheckConstraint(
                condition=Q(monday__iso_week_day=1), name="declined_week_from_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.monday}"
