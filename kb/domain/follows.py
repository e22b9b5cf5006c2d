"""Domain functions for following a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kb.models import ThemeFollow, ThemePage
from privacy import audit

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def follow_theme(*, actor: Employee, theme: ThemePage) -> ThemeFollow:
    """Follow the theme; a second call changes nothing."""
    follow, created = ThemeFollow.objects.get_or_create(theme=theme, employee=actor)
    if created:
        audit.record(actor=actor, action="theme.follow", target=theme)
    return follow


@transaction.atomic
def unfollow_theme(*, actor: Employee, theme: ThemePage) -> ThemePage:
    """Stop following the theme; a second call changes nothing."""
    removed, _ = ThemeFollow.objects.filter(theme=theme, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="theme.unfollow", target=theme)
    return theme
