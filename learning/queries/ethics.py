"""Which version of the ethics statement holds."""

from __future__ import annotations

from django.utils import timezone

from learning.models import EthicsStatement


def current_statement() -> EthicsStatement | None:
    """The newest version that is valid today."""
    today = timezone.localdate()
    return EthicsStatement.objects.filter(valid_from__lte=today).order_by("-version").first()
