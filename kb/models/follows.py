"""Who follows a theme, and who waits for one publication."""

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


class PublicationWait(models.Model):
    """An employee is told once a publication that is on its way exists."""

    publication = models.ForeignKey(
        "kb.PublicationPage",
        verbose_name=_("publication"),
        on_delete=models.CASCADE,
        related_name="waits",
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="publication_waits",
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("awaited publication")
        verbose_name_plural = _("awaited publications")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "employee"], name="publication_awaited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.employee_id}"
