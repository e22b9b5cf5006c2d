"""Who passed what, and the certificates that come of it."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.enums import CertificateState
from privacy.fields import SafeCharField


class ModulePass(models.Model):
    """Somebody passed a module; noted by another person."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.PROTECT,
        related_name="module_passes",
    )
    module = models.ForeignKey(
        "learning.Module",
        verbose_name=_("module"),
        on_delete=models.PROTECT,
        related_name="passes",
    )
    passed_on = models.DateField(_("passed on"))
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name=_("by having been at"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="module_passes",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("passed module")
        verbose_name_plural = _("passed modules")
        ordering = ["-passed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "module", "passed_on"], name="module_passed_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(employee=F("recorded_by")),
                name="pass_recorded_by_somebody_else",
                violation_error_message=_("Somebody else records what you passed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module}, {self.passed_on:%Y-%m-%d}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by what they are good for."""

    def live(self) -> CertificateQuerySet:
        """Neither revoked nor replaced; whether it has expired is not asked."""
        return self.filter(revoked_on__isnull=True, replaced_by__isnull=True)

    def confirmed(self) -> CertificateQuerySet:
        """Ours, and those from elsewhere that somebody looked at."""
        return self.filter(Q(programme__isnull=False) | Q(confirmed_by__isnull=False))

    def waiting(self) -> CertificateQuerySet:
        """From elsewhere, and looked at by nobody yet."""
        return self.live().filter(programme__isnull=True, confirmed_by__isnull=True)

    def valid_on(self, day: date) -> CertificateQuerySet:
        current = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
        return self.live().confirmed().filter(current, issued_on__lte=day)


class Certificate(models.Model):
    """Of one of our programmes, or registered by hand from elsewhere.

    The key is random, since whoever knows it may ask whether the certificate holds.
    """

    uid = models.UUIDField(_("number"), primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    programme = models.ForeignKey(
        "learning.Programme",
        verbose_name=_("training programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    title = SafeCharField(_("what it is in"), max_length=200)
    issuer = SafeCharField(_("who gave it"), max_length=160, blank=True)
    issued_on = models.DateField(_("given on"))
    expires_on = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day on which it holds.")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    replaced_by = models.OneToOneField(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_because = SafeCharField(_("reason"), max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "programme"],
                condition=Q(revoked_on__isnull=True, replaced_by__isnull=True),
                name="one_live_certificate_per_programme",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="certificate_dates_in_order",
                violation_error_message=_("It must hold longer than the day it was given on."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("uid")),
                name="certificate_not_replaced_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_by__isnull=True, revoked_because="")
                | Q(
                    revoked_on__isnull=False,
                    revoked_by__isnull=False,
                    revoked_because__regex=r"\S",
                    revoked_on__gte=F("issued_on"),
                ),
                name="certificate_revoked_with_a_reason",
                violation_error_message=_("Say why it is revoked."),
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=True, issuer__regex=r"\S")
                | Q(programme__isnull=False, issuer="", confirmed_by__isnull=True),
                name="certificate_from_elsewhere_says_from_where",
                violation_error_message=_("Say who gave it."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("employee")),
                name="certificate_confirmed_by_somebody_else",
                violation_error_message=_("Somebody else confirms your certificate."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ours(self) -> bool:
        return self.programme_id is not None

    def state_on(self, day: date) -> CertificateState:
        """What it says on that day to whoever asks; that a newer one replaced it is not told."""
        if self.revoked_on is not None:
            return CertificateState.REVOKED
        if not self.is_ours and self.confirmed_by_id is None:
            return CertificateState.UNCONFIRMED
        if self.expires_on is not None and self.expires_on < day:
            return CertificateState.EXPIRED
        return CertificateState.VALID

    def get_absolute_url(self) -> str:
        return reverse("verify_certificate", args=[self.uid])
