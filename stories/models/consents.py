"""Consents in stages (docs/domain.md B6, SEC-20): of a party, never by name."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stories.enums import Party, Scope


class StoryConsentQuerySet(models.QuerySet["StoryConsent"]):
    """Which consents of a story count, on which day and for which use."""

    def valid_on(self, day: date) -> StoryConsentQuerySet:
        """Consents that count on that day."""
        return self.filter(given_on__lte=day, expires_on__gte=day, withdrawn_at__isnull=True)

    def of_citizen_for(self, scope: str) -> StoryConsentQuerySet:
        return self.filter(party=Party.CITIZEN, scope=scope)


class StoryConsent(models.Model):
    """One party's consent to one use of one story, until a day."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="consents",
    )
    party = models.CharField(_("who"), max_length=12, choices=Party.choices)
    scope = models.CharField(_("for what"), max_length=12, choices=Scope.choices)
    text_version = models.CharField(_("version of the consent text"), max_length=20)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("valid until"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("registered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    registered_at = models.DateTimeField(_("registered"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="story_consent_expires_after_given",
                condition=Q(expires_on__gt=F("given_on")),
                violation_error_message=_("The consent ends after the day it was given."),
            ),
            models.UniqueConstraint(
                fields=["story", "party", "scope"],
                condition=Q(withdrawn_at__isnull=True),
                name="story_consent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.party} {self.scope}"
