"""Telling the followers of a theme about a new publication.

A notice is a row that exists once per publication and person, so nobody is told twice, however
often a page is published again. Who wants it at once gets a mail, by a job enqueued in the same
transaction; who wants the day's messages together gets a line there (kb/notices.py).
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kb.models import PublicationNotice, PublicationPage
from people.domain.messages import notify, wants_many
from people.enums import Frequency, MessageKind
from people.letters import absolute, letter
from people.models import Employee
from privacy import audit

SOURCE = "kb.publication"


@transaction.atomic
def announce_publication(
    *, actor: Employee | None, publication: PublicationPage
) -> list[PublicationNotice]:
    """Make the missing notices to those who follow one of its themes; returns the new ones.

    Nothing happens while the publication is on its way or not live.
    """
    from kb.tasks import send_publication_notice  # the job calls back into this module

    if publication.is_forthcoming or not publication.live:
        return []
    told = PublicationNotice.objects.filter(publication=publication).values("employee")
    followers = (
        Employee.objects.filter(theme_follows__theme__in=publication.themes.all(), is_active=True)
        .exclude(pk__in=told)
        .distinct()
    )
    how = wants_many(followers, MessageKind.FOLLOWED)
    notices = [
        PublicationNotice.objects.create(publication=publication, employee=employee)
        for employee in followers
        if how[employee.pk] != Frequency.NEVER
    ]
    for notice in notices:
        if how[notice.employee_id] == Frequency.NOW:
            send_publication_notice.defer(notice_id=notice.pk)
        else:
            _collect(notice)
    if notices:
        audit.record(
            actor=actor, action="publication.announce", target=publication, people=len(notices)
        )
    return notices


@transaction.atomic
def send_notice(*, notice_id: int) -> PublicationNotice | None:
    """Send one notice's mail once; None if it is gone, sent, or its publication is not live."""
    notice = (
        PublicationNotice.objects.select_for_update(of=("self",))
        .select_related("publication", "employee")
        .filter(pk=notice_id, sent_at__isnull=True, publication__live=True)
        .first()
    )
    if notice is None or not notice.employee.is_active:
        return None
    _mail(notice).send()
    notice.sent_at = timezone.now()
    notice.save(update_fields=["sent_at"])
    return notice


def _collect(notice: PublicationNotice) -> None:
    notify(
        employee=notice.employee,
        kind=MessageKind.FOLLOWED,
        source=SOURCE,
        object_id=notice.publication_id,
        key=f"{SOURCE}:{notice.publication_id}:{notice.employee_id}",
    )


def _mail(notice: PublicationNotice) -> EmailMultiAlternatives:
    publication = notice.publication
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("New in a theme you follow: %(title)s") % {"title": publication.title}
        text = render_to_string(
            "kb/mail/publication.txt",
            {
                "employee": notice.employee,
                "publication": publication,
                "address": absolute(publication.url),
                "settings_address": absolute(reverse("people:own_calendar")),
            },
        )
    return letter(
        employee=notice.employee,
        subject=subject,
        text=text,
        message_id=f"publication-notice-{notice.pk}",
        kinds=[MessageKind.FOLLOWED],
    )
