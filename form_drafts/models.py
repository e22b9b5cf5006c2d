"""What somebody has typed in a form and not sent yet (SEC-41)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, Length
from django.db.models.lookups import Exact, LessThanOrEqual, Regex
from django.utils.translation import gettext_lazy as _

from privacy.anonymity import contains_cpr

MOST_CHARACTERS = 200_000  # of all fields together, as JSON
# The plain writing of a number with a day that every month has; verbs find every writing.
CPR_IN_FIGURES = r"\m(0[1-9]|1\d|2[0-8])(0[1-9]|1[0-2])\d\d[- ]?\d{4}\M"


def _kind_of(name: str) -> Func:
    return Func(F(name), function="jsonb_typeof", output_field=models.TextField())


def _text_of(name: str) -> Cast:
    return Cast(name, models.TextField())


def refuse_cpr_within(values: dict[str, list[str]]) -> None:
    """Raise ValidationError where any of the texts holds a CPR number."""
    if any(contains_cpr(text) for texts in values.values() for text in texts):
        raise ValidationError(_("A draft never holds a CPR number."), code="cpr")


class FormDraftQuerySet(models.QuerySet["FormDraft"]):
    """Nobody but the writer ever reads a draft: there is no other question than this one."""

    def written_by(self, employee: Any) -> Self:
        """The person's own, as long as they are where they wrote them."""
        return self.filter(employee=employee, municipality=employee.municipality_id)


class FormDraft(models.Model):
    """The fields of one form as they were typed; gone when the form is sent."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who writes"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    municipality = models.ForeignKey(
        "people.Municipality",
        verbose_name=_("municipality"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The writer's, when it was written."),
    )
    form = models.CharField(
        _("form"), max_length=120, help_text=_("The name of its address, and of the form there.")
    )
    about = models.CharField(
        _("about"), max_length=300, blank=True, help_text=_("What the address says it is about.")
    )
    subject = models.CharField(
        _("subject"), max_length=60, blank=True, help_text=_("Such as a case: it takes them along.")
    )
    values = models.JSONField(_("values"), blank=True, validators=[refuse_cpr_within])
    version = models.PositiveIntegerField(_("version"))
    written_on = models.CharField(
        _("written on"), max_length=40, help_text=_("The opened page that saved last.")
    )
    saved_at = models.DateTimeField(_("saved"))

    objects: ClassVar[FormDraftQuerySet] = FormDraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["employee", "form", "about"], name="one_draft_per_form"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="draft_version_counts_from_1"),
            models.CheckConstraint(condition=~Q(form=""), name="draft_is_of_a_form"),
            models.CheckConstraint(
                condition=Exact(_kind_of("values"), "object"), name="draft_values_are_named"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(_text_of("values")), MOST_CHARACTERS),
                name="draft_is_no_longer_than_a_form",
            ),
            models.CheckConstraint(
                condition=~Regex(_text_of("values"), CPR_IN_FIGURES), name="draft_holds_no_cpr"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject"], condition=~Q(subject=""), name="draft_by_subject"),
            models.Index(fields=["saved_at"], name="draft_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.about}".strip()
