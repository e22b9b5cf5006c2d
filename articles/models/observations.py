"""Observations: what somebody in a municipality saw, shown once project staff have read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField

LONGEST = 600


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Observations by whether they wait or are shown."""

    def waiting(self) -> ObservationQuerySet:
        return self.filter(shown__isnull=True)

    def shown(self) -> ObservationQuerySet:
        return self.filter(shown=True).order_by("-observed_on", "-pk")


class Observation(models.Model):
    """One observation on a theme. Readers see the municipality and the day, never who sent it."""

    theme = models.ForeignKey(
        "kb.ThemePage",
        verbose_name=_("theme"),
        on_delete=models.CASCADE,
        related_name="observations",
    )
    text = SafeCharField(_("what you saw"), max_length=LONGEST)
    observed_on = models.DateField(_("when"))
    municipality = models.ForeignKey(
        "people.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="observations",
    )
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    shown = models.BooleanField(_("shown"), null=True, editable=False)
    judged_at = models.DateTimeField(_("read at"), null=True, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="observation_has_words"),
            models.CheckConstraint(
                condition=Q(shown__isnull=True, judged_at__isnull=True, judged_by__isnull=True)
                | Q(shown__isnull=False, judged_at__isnull=False),
                name="observation_shown_once_read",
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True)
                | Q(judged_by__isnull=True)
                | ~Q(judged_by=F("sent_by")),
                name="observation_read_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.text
