"""The filters of the case list; the address holds them all."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from sparring.enums import Band, CaseStatus
from sparring.models import Case


class CaseFilter(django_filters.FilterSet):
    """By status and by band, several of each; without a status the open cases are shown."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=CaseStatus.choices)
    band = django_filters.MultipleChoiceFilter(
        label=_("How urgent"), field_name="need__band", choices=Band.choices
    )

    class Meta:
        model = Case
        fields = ["status", "band"]
