"""Who follows a theme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ThemeFollow(models.Model):
    """An employee is told when a publication comes out in the theme."""

    theme = models.ForeignKey(
        "kb.ThemePage", verbose_name=_("theme"), on_delete=models.CASCADE, related_name="follows"
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="theme_follows",
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("followed theme")
        verbose_name_plural = _("followed themes")
        constraints = [
            models.UniqueConstraint(fields=["theme", "employee"], name="theme_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.employee_id}"
