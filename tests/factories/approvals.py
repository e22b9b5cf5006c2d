"""Pages sent to be approved, and the jobs that mail about them."""

from __future__ import annotations

from procrastinate.contrib.django.models import ProcrastinateJob

from kb.domain.permissions import sync_groups
from kb.tasks import mail_editor
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
    """Run the jobs as the worker does, each once."""
    jobs = ProcrastinateJob.objects.filter(task_name="kb.mail_editor").order_by("pk")
    done = list(jobs)
    for job in done:
        mail_editor(**job.args)
    return done
