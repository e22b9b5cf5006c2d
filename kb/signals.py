"""What happens elsewhere and concerns the knowledge base. Rules live in kb/domain."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from kb.domain.announcements import announce_publication
from kb.domain.permissions import GRANTS, assign_groups
from kb.models import PublicationPage


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="kb.assign_groups")
def on_employee_saved(
    instance: Any, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Carry changed roles into the editors' admin; other saves cost nothing."""
    if kwargs.get("raw") or (update_fields is not None and "roles" not in update_fields):
        return
    if not created or set(instance.roles) & set(GRANTS):
        assign_groups(employee=instance)


@receiver(page_published, sender=PublicationPage, dispatch_uid="kb.announce_publication")
def on_publication_published(instance: PublicationPage, **kwargs: Any) -> None:
    revision = kwargs.get("revision")
    announce_publication(actor=getattr(revision, "user", None), publication=instance)
