"""Pages sent to be approved, and the mails about them."""

from __future__ import annotations

from kb.domain.permissions import sync_groups
from people.domain.sending import send_one
from people.models import Notification
from tests.factories.kb import PublicationPageFactory


def sent(page, sender):
    """The page, sent by somebody to be approved; its task."""
    sync_groups()
    page.save_revision(user=sender)
    state = page.get_workflow().start(page, sender)
    return state.current_task_state


def sent_page(sender, **fields):
    return sent(PublicationPageFactory(**fields), sender)


def run_mails():
    """Send what editors are told as the worker does, each once; what was tried."""
    tried = list(Notification.objects.waiting().filter(kind__startswith="kb.").order_by("pk"))
    for notification in tried:
        send_one(notification.pk)
    return tried
