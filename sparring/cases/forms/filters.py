"""The filters of the case list; the address holds them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django.utils.translation import gettext_lazy as _

from sparring.enums import Band, CaseStatus
from sparring.models import Case

if TYPE_CHECKING:
    from sparring.models.cases import CaseQuerySet


class CaseFilter(django_filters.FilterSet):
    """By status and by band, several of each; the cases are `for_owner`."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=CaseStatus.choices)
    band = django_filters.MultipleChoiceFilter(
        label=_("How urgent"), method="by_band", choices=Band.choices
    )

    class Meta:
        model = Case
        fields = ["status", "band"]

    def by_band(self, cases: CaseQuerySet, _name: str, bands: list[str]) -> CaseQuerySet:
        """Those of the bands; never one whose band would tell a predecessor's bid."""
        return cases.filter(need__band__in=bands).not_blind() if bands else cases
