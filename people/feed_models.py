"""The secret addresses at which a person's programs fetch what is theirs, without a login."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import FeedKind


class FeedToken(models.Model):
    """The secret of one person's feed of one kind; only its digest is kept (SEC-40)."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("employee"),
        on_delete=models.CASCADE,
        related_name="feed_tokens",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FeedKind.choices, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("since"))
    read_on = models.DateField(_("last fetched"), null=True, blank=True)

    class Meta:
        verbose_name = _("key to a feed")
        verbose_name_plural = _("keys to feeds")
        constraints = [
            models.UniqueConstraint(fields=["employee", "kind"], name="feed_token_once"),
            models.CheckConstraint(condition=Q(kind__in=FeedKind.values), name="feed_token_kind"),
            # A token written here by mistake would be readable; a digest is 64 hex digits.
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="feed_token_is_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.kind}"
