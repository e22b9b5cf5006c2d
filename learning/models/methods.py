"""Methods: ways of talking a case through."""

from __future__ import annotations

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField


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
    themes = models.ManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="methods", blank=True
    )

    panels = [
        FieldPanel("slug"),
        FieldPanel("name"),
        FieldPanel("minutes"),
        FieldPanel("participants"),
        FieldPanel("purpose"),
        FieldPanel("when"),
        FieldPanel("when_not"),
        FieldPanel("steps"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)
