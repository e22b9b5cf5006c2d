"""What a municipality's thresholds were, each time they were changed: the way back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality


class ThresholdChange(models.Model):
    """One change; `before` and `after` are as `Municipality.renewal_thresholds` stores them."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="threshold_changes"
    )
    changed_by = models.ForeignKey(
        Employee, verbose_name=_("changed by"), on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))

    class Meta:
        verbose_name = _("change of thresholds")
        verbose_name_plural = _("changes of thresholds")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="threshold_change_changes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d %H:%M}"
