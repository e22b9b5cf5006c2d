"""Responses by colleagues: four kinds, no stars, no ranking (docs/domain.md B5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField, SafeTextField
from stories.enums import ResponseKind, ResponseState

CHANGED, SHOWN = str(ResponseKind.CHANGED.value), str(ResponseState.SHOWN.value)


class StoryResponse(models.Model):
    """One person's response of one kind. That something was changed is read before it shows."""

    story = models.ForeignKey(
        "stories.StoryPage",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="responses",
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    kind = models.CharField(_("response"), max_length=12, choices=ResponseKind.choices)
    text = SafeTextField(_("what happened"), max_length=800, blank=True, default="", db_default="")
    planned_for = models.DateField(_("when"), null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=ResponseState.choices,
        default=ResponseState.SHOWN,
        db_default=SHOWN,
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    reason = SafeCharField(
        _("why it is not shown"), max_length=300, blank=True, default="", db_default=""
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "employee", "kind"], name="story_response_once"
            ),
            models.CheckConstraint(
                name="story_response_changed_says_what",
                condition=~Q(kind=CHANGED) | Q(text__regex=r"\S"),
                violation_error_message=_("Write what you have changed."),
            ),
            models.CheckConstraint(
                name="story_response_changed_read_first",
                condition=~Q(kind=CHANGED, state=SHOWN) | Q(read_by__isnull=False),
            ),
            models.CheckConstraint(
                name="story_response_read_by_another",
                condition=Q(read_by__isnull=True) | ~Q(read_by=F("employee")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.kind}"
