"""Which published pages have numbers that nothing stands behind, so that nobody reads all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import Page


class UnsourcedPage(models.Model):
    """A published page with such numbers; kept in step by sources/domain/unsourced.py."""

    page: models.OneToOneField[Page, Page] = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("page"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="unsourced",
    )
    numbers = models.PositiveSmallIntegerField(_("how many numbers"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page without a source")
        verbose_name_plural = _("pages without a source")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(numbers__gt=0), name="unsourced_page_has_numbers")
        ]

    def __str__(self) -> str:
        return str(self.page)
