"""Who is told what waits for approval, what was decided, and of new comments, in Wagtail's stead.

Wagtail's own mails are partly English, and superusers get them. Ours are in kb/notifications/.
Called with what Wagtail's signals say (kb/signals.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState

from people.domain.notifications import notify_all
from people.models import Employee, Notification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.models import WorkflowState


def tell_approvers(*, task_state: TaskState, by: Employee | None) -> None:
    """Something was sent: those who approve it are told, whoever sent it is not."""
    task = task_state.task.specific
    if isinstance(task, GroupApprovalTask):
        people = Employee.objects.filter(groups__in=task.groups.all()).distinct()
        _tell("kb.submitted", task_state.pk, people, by)


def tell_sender(*, workflow_state: WorkflowState, kind: str, by: Employee | None) -> None:
    """It was decided: whoever sent it is told, unless they decided themselves."""
    sender = workflow_state.requested_by
    if sender is not None:
        _tell(kind, workflow_state.current_task_state_id, [sender], by)


def tell_commenters(*, page: Page, threads: Iterable[int], by: Employee | None) -> None:
    """Comments are new or changed: those are told who follow the page, or wrote in the threads."""
    threads = list(threads)
    followers = models.Q(page_subscriptions__page=page, page_subscriptions__comment_notifications=1)
    writers = models.Q(wagtail_admin_comments__in=threads) | models.Q(
        comment_replies__comment__in=threads
    )
    people = Employee.objects.filter(followers | writers).distinct()
    _tell("kb.commented", page.pk, people, by)


def _tell(kind: str, object_id: int, people: Iterable[Employee], by: Employee | None) -> None:
    at = timezone.now().isoformat()
    notify_all(
        Notification(
            employee=person,
            kind=kind,
            object_id=str(object_id),
            key=f"{kind}:{object_id}:{person.pk}:{at}",
        )
        for person in people
        if by is None or person.pk != by.pk
    )
