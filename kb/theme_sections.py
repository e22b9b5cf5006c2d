"""A place where the apps above kb add a section to a theme's page (imports point downwards only).

@register_theme_section
def stories_of_theme(request, theme): return ThemeSection(_("Stories on this theme"), html)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class ThemeSection:
    """A heading and its safe HTML."""

    heading: str
    html: SafeString


# The second argument is a ThemePage; importing it here would be a circle.
Provider = Callable[[HttpRequest, Any], ThemeSection | None]
_providers: list[Provider] = []


def register_theme_section(provider: Provider) -> Provider:
    """Register a provider; it answers None where it has nothing to show to this visitor."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


Button = Callable[[HttpRequest, Any], SafeString]
_buttons: list[Button] = []


def register_dilemma_button(button: Button) -> Button:
    """Register the button below a theme's dilemmas; empty HTML for visitors who cannot use it."""
    _buttons[:] = [button]
    return button


def dilemma_button_for(request: HttpRequest, theme: Any) -> SafeString:
    """The button below the theme's dilemmas, as this visitor sees it."""
    return _buttons[0](request, theme) if _buttons and theme.dilemmas else SafeString("")


_contact_buttons: list[Button] = []


def register_contact_button(button: Button) -> Button:
    """Register the button below a theme's contact, e.g. to ask for a talk."""
    _contact_buttons[:] = [button]
    return button


def contact_button_for(request: HttpRequest, theme: Any) -> SafeString:
    """The button below the theme's contact, as this visitor sees it."""
    return _contact_buttons[0](request, theme) if _contact_buttons else SafeString("")


def sections_for(request: HttpRequest, theme: Any) -> list[ThemeSection]:
    """The sections of a theme's page for this visitor, in the order of registration."""
    sections = (provider(request, theme) for provider in _providers)
    return [section for section in sections if section is not None]
