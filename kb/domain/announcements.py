"""Telling who follows a theme or waits for a publication that it exists: once, however often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from people.domain.notifications import notify_all
from people.models import Employee, Notification
from privacy import audit

if TYPE_CHECKING:
    from kb.models import PublicationPage


@transaction.atomic
def announce_publication(
    *, actor: Employee | None, publication: PublicationPage
) -> list[Notification]:
    """Tell those who follow one of its themes or wait for it; returns what is new.

    Nothing happens while the publication is on its way or not live.
    """
    if publication.is_forthcoming or not publication.live:
        return []
    followers = Employee.objects.filter(
        Q(theme_follows__theme__in=publication.themes.all())
        | Q(publication_waits__publication=publication),
        is_active=True,
    )
    made = notify_all(
        Notification(
            employee=employee,
            kind="kb.publication",
            object_id=str(publication.pk),
            key=f"kb.publication:{publication.pk}:{employee.pk}",
        )
        for employee in followers.distinct()
    )
    if made:
        audit.record(
            actor=actor, action="publication.announce", target=publication, people=len(made)
        )
    return made
