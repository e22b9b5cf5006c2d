"""Programmes that people are certified in: levels of one education, each with its modules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField


class Programme(models.Model):
    """One level: what it holds, what it counts for, and how long a certificate lasts."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("training programme"), max_length=120)
    level = SafeCharField(_("level"), max_length=80)
    modules = SafeTextField(_("modules"), help_text=_("One per line."))
    ects = models.DecimalField(
        _("ECTS points"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months a certificate lasts"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when it lasts for good."),
    )
    note = SafeTextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")
        ordering = ["name", "position"]
        constraints = [
            models.UniqueConstraint(fields=["name", "level"], name="programme_level_once"),
            models.CheckConstraint(
                condition=models.Q(ects__isnull=True) | models.Q(ects__gt=0),
                name="programme_ects_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.level}"

    @property
    def module_list(self) -> list[str]:
        return lines(self.modules)
