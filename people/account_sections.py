"""A place where the apps above people add a section to `/konto/` (imports point downwards only).

@register_account_section
def followed_themes(request): return AccountSection(_("Themes you follow"), html)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .http import EmployeeRequest

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True)
class AccountSection:
    """A heading and its safe HTML."""

    heading: str
    html: SafeString


Provider = Callable[[EmployeeRequest], AccountSection | None]
_providers: list[Provider] = []


def register_account_section(provider: Provider) -> Provider:
    """Register a provider; it returns None if it has nothing to show to this user."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def sections_for(request: EmployeeRequest) -> list[AccountSection]:
    """The sections of this person's page, in the order of registration."""
    sections = (provider(request) for provider in _providers)
    return [section for section in sections if section is not None]
