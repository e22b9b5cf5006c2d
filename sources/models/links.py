"""The last answer of every address of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.enums import WORKS, LinkState

if TYPE_CHECKING:
    from .sources import Source


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """What editors are shown."""

    def to_look_at(self) -> LinkCheckQuerySet:
        """Links that do not answer, longest first, and those that have moved, last."""
        found = self.exclude(state=LinkState.OK).select_related("source")
        return found.order_by(models.F("failing_since").asc(nulls_last=True), "pk")


class LinkCheck(models.Model):
    """One address of a source, and what came of asking for it; asked once a week."""

    source: models.ForeignKey[Source, Source] = models.ForeignKey(
        "sources.Source",
        verbose_name=_("source"),
        on_delete=models.CASCADE,
        related_name="link_checks",
    )
    address = models.URLField(_("web address"), max_length=500)
    state = models.CharField(_("answer"), max_length=16, choices=LinkState.choices)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    moved_to = models.URLField(_("moved to"), max_length=1000, blank=True)
    checked_at = models.DateTimeField(_("asked"))
    failing_since = models.DateTimeField(_("without an answer since"), null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "address"], name="link_checked_once"),
            models.CheckConstraint(
                name="link_failing_or_not",
                condition=Q(state__in=WORKS, failing_since__isnull=True)
                | (~Q(state__in=WORKS) & Q(failing_since__isnull=False)),
            ),
            models.CheckConstraint(
                name="link_moved_says_where",
                condition=Q(moved_to="") | Q(state=LinkState.MOVED),
            ),
        ]

    def __str__(self) -> str:
        return self.address
