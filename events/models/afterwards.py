"""What people say afterwards: comments under their name, evaluations under nobody's."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.enums import CommentState, WillUse
from privacy.fields import SafeTextField

WAITING = Q(state=CommentState.WAITING)


class EventComment(models.Model):
    """A colleague's comment in the debate; shown once the organiser has read it."""

    event = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.CASCADE,
        related_name="event_comments",
    )
    text = SafeTextField(_("comment"), max_length=1200)
    created_at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=8, choices=CommentState.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="event_comment_has_words"),
            models.CheckConstraint(
                condition=Q(WAITING, decided_at__isnull=True)
                | Q(state__in=[CommentState.SHOWN, CommentState.REFUSED], decided_at__isnull=False),
                name="event_comment_decided_or_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Evaluation(models.Model):
    """Three answers; nothing says whose they are, nor when they were given."""

    event = models.ForeignKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="evaluations"
    )
    useful = models.PositiveSmallIntegerField(
        _("useful"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    will_use = models.CharField(_("will be used"), max_length=8, choices=WillUse.choices)
    otherwise = SafeTextField(_("what should be otherwise"), blank=True, max_length=600)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["useful", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__gte=1, useful__lte=5), name="evaluation_from_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(will_use__in=WillUse.values), name="evaluation_will_use"
            ),
        ]

    def __str__(self) -> str:
        return str(self.useful)
