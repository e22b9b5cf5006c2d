"""Verbs on following a theme."""

from __future__ import annotations

from django.db import transaction

from kb.models import ThemeFollow, ThemePage
from people.models import Employee
from privacy import audit


@transaction.atomic
def follow_theme(*, actor: Employee, theme: ThemePage) -> ThemeFollow:
    """Let `actor` follow `theme`; following it already changes nothing."""
    follow, created = ThemeFollow.objects.get_or_create(theme=theme, employee=actor)
    if created:
        audit.record(actor=actor, action="theme.follow", target=theme)
    return follow


@transaction.atomic
def unfollow_theme(*, actor: Employee, theme: ThemePage) -> ThemePage:
    """Let `actor` stop following `theme`; not following it changes nothing."""
    removed, _ = ThemeFollow.objects.filter(theme=theme, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="theme.unfollow", target=theme)
    return theme
