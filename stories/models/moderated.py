"""The fields of a story for review and references."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Moderated(models.Model):
    """Fields of StoryPage: review deadline, excluded reviewer, references."""

    due_on = models.DateField(_("to be read by"), null=True, blank=True)
    not_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("not to be read by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who sent the text back that the author asks a second reader about."),
    )
    publication = models.ForeignKey(
        "kb.PublicationPage",
        verbose_name=_("related publication"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    dilemma = models.CharField(
        _("related dilemma"),
        max_length=36,
        blank=True,
        default="",
        db_default="",
        help_text=_("The key of the dilemma among those of the themes."),
    )

    class Meta:
        abstract = True
