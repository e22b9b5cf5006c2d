"""What new employees of a unit go through, and the ethics statement."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from kb.models.approved import ApprovedContent
from kb.models.text import lines
from learning.enums import OnboardingKind
from privacy.fields import SafeTextField


class OnboardingItem(models.Model):
    """One line of a unit's list."""

    unit = models.ForeignKey(
        "people.Unit", verbose_name=_("unit"), on_delete=models.CASCADE, related_name="onboarding"
    )
    kind = models.CharField(_("what"), max_length=10, choices=OnboardingKind.choices)
    programme = models.ForeignKey(
        "learning.Programme",
        verbose_name=_("training programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="onboarding",
    )
    weeks = models.PositiveSmallIntegerField(_("within how many weeks"), default=12)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("line of the onboarding list")
        verbose_name_plural = _("lines of the onboarding lists")
        ordering = ["unit", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "programme"],
                nulls_distinct=False,
                name="onboarding_line_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=OnboardingKind.PROGRAMME, programme__isnull=False)
                | Q(programme__isnull=True) & ~Q(kind=OnboardingKind.PROGRAMME),
                name="onboarding_programme_named",
                violation_error_message=_("Choose the programme, and only for that kind of line."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme) if self.programme else str(self.get_kind_display())


class EthicsStatement(ApprovedContent):
    """One version of what everybody here stands by. A new text is a new version."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = SafeTextField(_("text"), help_text=_("One sentence per line."))
    valid_from = models.DateField(_("valid from"))

    preview_rows = "learning/_ethics_rows.html"

    panels = [
        FieldPanel("version"),
        FieldPanel("valid_from"),
        FieldPanel("text"),
        PublishingPanel(),
    ]

    class Meta(ApprovedContent.Meta):
        verbose_name = _("ethics statement")
        verbose_name_plural = _("ethics statements")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"

    @property
    def sentences(self) -> list[str]:
        return lines(self.text)


class EthicsConfirmation(models.Model):
    """Somebody stands by one version, on one day."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.PROTECT,
        related_name="ethics_confirmations",
    )
    statement = models.ForeignKey(
        EthicsStatement,
        verbose_name=_("ethics statement"),
        on_delete=models.PROTECT,
        related_name="confirmations",
    )
    confirmed_on = models.DateField(_("confirmed on"))

    class Meta:
        verbose_name = _("confirmation of the ethics statement")
        verbose_name_plural = _("confirmations of the ethics statement")
        ordering = ["-confirmed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "statement", "confirmed_on"], name="ethics_confirmed_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement}, {self.confirmed_on:%Y-%m-%d}"
