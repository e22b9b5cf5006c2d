"""What somebody is asked to look at again in words of theirs that are stored."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Employee


class TextTask(models.Model):
    """One stored text in which the check found something that nobody let stand.

    model_label, object_id, field: where it stands. `digest` tells the text, and holds no word.
    """

    employee = models.ForeignKey(
        Employee, verbose_name=_("whose text"), on_delete=models.CASCADE, related_name="+"
    )
    model_label = models.CharField(_("kind"), max_length=60, editable=False)
    object_id = models.BigIntegerField(_("which one"), editable=False)
    field = models.CharField(_("field"), max_length=40, editable=False)
    digest = models.CharField(_("which text"), max_length=64, editable=False)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    class Meta:
        verbose_name = _("text to look at")
        verbose_name_plural = _("texts to look at")
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model_label", "object_id", "field"], name="text_task_once_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model_label}.{self.field} {self.object_id}"
