"""Domain functions for following a theme and for waiting for a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kb.models import PublicationPage, PublicationWait, ThemeFollow, ThemePage
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
    removed, _models = ThemeFollow.objects.filter(theme=theme, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="theme.unfollow", target=theme)
    return theme


@transaction.atomic
def await_publication(*, actor: Employee, publication: PublicationPage) -> PublicationWait:
    """Be told once it exists; a second call changes nothing.

    Raises ValidationError where there is nothing to wait for any more.
    """
    if not publication.is_forthcoming:
        raise ValidationError(_("It is out already: open it on its page."))
    wait, created = PublicationWait.objects.get_or_create(publication=publication, employee=actor)
    if created:
        audit.record(actor=actor, action="publication.await", target=publication)
    return wait


@transaction.atomic
def stop_awaiting(*, actor: Employee, publication: PublicationPage) -> PublicationPage:
    """Not be told; a second call changes nothing."""
    removed, _models = PublicationWait.objects.filter(
        publication=publication, employee=actor
    ).delete()
    if removed:
        audit.record(actor=actor, action="publication.stop_awaiting", target=publication)
    return publication
