"""What happens in the admin and elsewhere and concerns the knowledge base. Rules: kb/domain."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    published,
    task_submitted,
    unpublished,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from kb.domain.announcements import announce_publication
from kb.domain.approvals import tell_approvers, tell_sender
from kb.domain.permissions import assign_groups, may_enter
from kb.domain.themes import ThemeInUse, uses_of
from kb.knowledge_apps import KNOWLEDGE_APPS
from kb.models import PublicationPage, ThemePage
from kb.models.approved import ApprovedContent
from privacy import audit


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="kb.assign_groups")
def on_employee_saved(
    instance: Any, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Carry changed roles into the editors' admin; other saves cost nothing."""
    if kwargs.get("raw") or (update_fields is not None and "roles" not in update_fields):
        return
    if not created or may_enter(instance):
        assign_groups(employee=instance)


@receiver(pre_delete, sender=ThemePage, dispatch_uid="kb.theme_in_use")
def on_theme_deleted(instance: ThemePage, **kwargs: Any) -> None:
    """Refuse every deletion, also that of a parent page."""
    if uses := uses_of(instance):
        raise ThemeInUse(instance, uses)


@receiver(page_published, sender=PublicationPage, dispatch_uid="kb.announce_publication")
def on_publication_published(instance: PublicationPage, **kwargs: Any) -> None:
    """Those who follow its themes are told once; the rule is in announcements.py."""
    announce_publication(actor=_actor(kwargs), publication=instance)


@receiver(page_published, dispatch_uid="kb.audit_page_published")
@receiver(page_unpublished, dispatch_uid="kb.audit_page_unpublished")
def on_page_state_changed(instance: Any, signal: Any, **kwargs: Any) -> None:
    """Pages of the knowledge base; stories write their own entries."""
    if instance._meta.app_label in KNOWLEDGE_APPS:
        action = _action("page", published=signal is page_published, live=instance.live)
        audit.record(actor=_actor(kwargs), action=action, target=instance)


@receiver(published, dispatch_uid="kb.audit_content_published")
@receiver(unpublished, dispatch_uid="kb.audit_content_unpublished")
def on_content_state_changed(instance: Any, signal: Any, **kwargs: Any) -> None:
    """In the admin as through the domain functions, so that nothing goes out unrecorded."""
    if isinstance(instance, ApprovedContent):
        kind = instance.audited_as()
        action = _action(kind, published=signal is published, live=instance.live)
        audit.record(actor=_actor(kwargs), action=action, target=instance)


def _action(kind: str, *, published: bool, live: bool) -> str:
    """Wagtail sends "published" also for what only gets a time to go live."""
    if not published:
        return f"{kind}.unpublish"
    return f"{kind}.publish" if live else f"{kind}.schedule"


def _actor(kwargs: dict[str, Any]) -> Any:
    return getattr(kwargs.get("revision"), "user", None)


# Under the names of Wagtail's own mails: kb stands before wagtail.admin in INSTALLED_APPS, and who
# comes first keeps the name, so Wagtail's mails do not go out.
@receiver(
    task_submitted,
    sender=TaskState,
    dispatch_uid="group_approval_task_submitted_email_notification",
)
def on_sent_to_be_approved(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Those who may approve it are told, except whoever sent it."""
    tell_approvers(task_state=instance, by=user)


@receiver(
    workflow_submitted,
    sender=WorkflowState,
    dispatch_uid="workflow_state_submitted_email_notification",
)
def on_workflow_begun(**kwargs: Any) -> None:
    """Wagtail would mail superusers; approvers are notified of their task instead."""


@receiver(
    workflow_approved,
    sender=WorkflowState,
    dispatch_uid="workflow_state_approved_email_notification",
)
def on_approved(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Whoever sent it is told, unless they approved it themselves."""
    tell_sender(workflow_state=instance, kind="kb.approved", by=user)


@receiver(
    workflow_rejected,
    sender=WorkflowState,
    dispatch_uid="workflow_state_rejected_email_notification",
)
def on_rejected(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Whoever sent it is told, with the approver's words, unless they decided themselves."""
    tell_sender(workflow_state=instance, kind="kb.rejected", by=user)
