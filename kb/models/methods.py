"""Methods: ways of talking a case through."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField, SafeTextField

from .text import lines


class Method(models.Model):
    """What it is for, when to use it, when not, and its steps."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = SafeCharField(_("name"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    participants = SafeCharField(_("how many"), max_length=40)
    purpose = SafeTextField(_("purpose"))
    when = SafeTextField(_("when to use it"))
    when_not = SafeTextField(_("when not to use it"))
    steps = SafeTextField(_("steps"), help_text=_("One per line."))
    theme_numbers = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("themes"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)
