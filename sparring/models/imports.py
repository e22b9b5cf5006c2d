"""A caseload that waits between the dry run and the confirmation."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Municipality


class CaseloadUpload(models.Model):
    """The rows without faults of an uploaded file, kept for an hour, never the file itself.

    What was at fault is not kept either, so a CPR number somebody left in a text is nowhere stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        Employee, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    rows = models.JSONField(_("rows"), default=list)
    report = models.JSONField(_("report"), default=dict)

    class Meta:
        verbose_name = _("uploaded caseload")
        verbose_name_plural = _("uploaded caseloads")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return str(self.pk)
