"""Domain functions for following a theme."""

from __future__ import annotations

from django.db import transaction

from kb.models import ThemeFollow, ThemePage
from people.models import Employee
from privacy import audit


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
