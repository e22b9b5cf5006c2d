"""The accessibility statement that the law asks of public sites, filled in for each installation.

Its parts are those of the European model statement (2018/1523). The law wants it given in the
Danish Agency for Digital Government's WAS-Tool, and `/was` to lead there; until an address there is
known `/was` shows what is written here.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from kb.blocks.safe import SafeStreamBlock
from kb.models.text import lines
from privacy.fields import SafeCharField, SafeTextField

OFFICIAL = "https://was.digst.dk/"


class Compliance(models.TextChoices):
    """How far the site meets EN 301 549, in the words of the model statement."""

    FULL = "full", _("fully")
    PARTIAL = "partial", _("partly")
    NOT = "not", _("not")


class Reason(models.TextChoices):
    """Why some content is not accessible, in the law's three groups."""

    FAULT = "fault", _("It does not meet the requirements yet")
    BURDEN = "burden", _("It would be a disproportionate burden")
    OUTSIDE = "outside", _("The law does not apply to it")


class Preparation(models.TextChoices):
    """Who looked."""

    SELF = "self", _("We have looked ourselves")
    THIRD_PARTY = "third_party", _("Somebody independent has looked")


class LimitationBlock(StructBlock):
    """Something that not everybody can use."""

    what = CharBlock(label=_("What cannot be used, and by whom"), max_length=400)
    reason = ChoiceBlock(label=_("Why"), choices=Reason.choices)
    why = CharBlock(label=_("The reason in words"), max_length=400)
    instead = CharBlock(label=_("What one can do instead"), max_length=400, required=False)

    class Meta:
        icon = "warning"
        label = _("Content that is not accessible")
        description = _("What not everybody can use, why, and what one can do instead.")
        preview_value = {
            "what": _("Drawings of figures, by those who do not see them (an example)"),
            "reason": Reason.values[0],
            "why": _("The numbers stand in a table beside the drawing."),
            "instead": _("Read the table."),
        }


class LimitationsBlock(SafeStreamBlock):
    """All of it, in the order of the list."""

    limitation = LimitationBlock()


@register_setting(icon="universal-access", order=500)
class AccessibilityStatement(BaseGenericSetting):
    """One statement for the whole site."""

    organisation = SafeCharField(_("organisation"), max_length=160, blank=True)
    compliance = models.CharField(
        _("how far the requirements are met"),
        max_length=8,
        choices=Compliance.choices,
        default=Compliance.PARTIAL,
    )
    limitations = StreamField(
        LimitationsBlock(), verbose_name=_("content that is not accessible"), blank=True
    )
    prepared_by = models.CharField(
        _("who looked"),
        max_length=12,
        choices=Preparation.choices,
        default=Preparation.SELF,
    )
    method = SafeTextField(
        _("how it was looked at"), blank=True, help_text=_("One sentence per line.")
    )
    prepared_on = models.DateField(_("written on"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("looked through again on"), null=True, blank=True, help_text=_("At least once a year.")
    )
    email = models.EmailField(_("where one writes"), blank=True)
    phone = SafeCharField(_("where one calls"), max_length=30, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("working days until an answer"), default=5, help_text=_("At most ten.")
    )
    official_address = models.URLField(
        _("address of the statement in the WAS-Tool"),
        blank=True,
        help_text=_("Begins with https://was.digst.dk/. With it, /was leads there."),
    )

    panels = [
        HelpPanel(
            content=_(
                "The law asks for the statement in the Agency for Digital Government’s WAS-Tool. "
                "Write it here first; it is shown at /was until its official address stands below."
            )
        ),
        FieldPanel("organisation"),
        FieldPanel("compliance"),
        FieldPanel("limitations"),
        MultiFieldPanel(
            [
                FieldPanel("prepared_by"),
                FieldPanel("method"),
                FieldRowPanel([FieldPanel("prepared_on"), FieldPanel("reviewed_on")]),
            ],
            heading=_("How it was prepared"),
        ),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("phone"), FieldPanel("answer_days")],
            heading=_("Where one tells of something that is not accessible"),
        ),
        FieldPanel("official_address"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        constraints = [
            models.CheckConstraint(
                condition=Q(official_address="") | Q(official_address__startswith=OFFICIAL),
                name="statement_official_address_is_the_agencys",
                violation_error_message=_("The address begins with https://was.digst.dk/."),
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=10),
                name="statement_answers_within_ten_days",
                violation_error_message=_("Answer within one to ten working days."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | Q(reviewed_on__gte=F("prepared_on")),
                name="statement_reviewed_after_written",
                violation_error_message=_("It is looked through again after it was written."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Accessibility statement"))

    def clean(self) -> None:
        super().clean()
        if self.compliance == Compliance.FULL and self.limitations:
            raise ValidationError(
                {
                    "compliance": _(
                        "Where something is not accessible, the requirements are met partly."
                    )
                }
            )

    @property
    def is_written(self) -> bool:
        """Whether it says who stands behind it, and both ways to reach them, as the law asks."""
        return all((self.organisation, self.email, self.phone, self.prepared_on))

    @property
    def method_lines(self) -> list[str]:
        return lines(self.method)

    def limitations_by_reason(self) -> list[tuple[str, list[dict[str, str]]]]:
        """The law's groups that hold something, in the law's order."""
        values = [block.value for block in self.limitations]
        groups = [
            (str(label), [value for value in values if value["reason"] == reason])
            for reason, label in Reason.choices
        ]
        return [(label, found) for label, found in groups if found]
