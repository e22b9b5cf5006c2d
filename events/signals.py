"""What an editor does to an event's page and concerns those signed up. Rules: events/domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import page_published

from events.domain.calendar_entries import follow_publishing
from events.models import EventPage, SignUp
from kb.page_locks import register_page_lock

if TYPE_CHECKING:
    from wagtail.models import Page


@receiver(page_published, sender=EventPage, dispatch_uid="events.tell_of_changes")
def on_event_published(instance: EventPage, **kwargs: Any) -> None:
    """Those signed up are told of a new time or place; new places go to those who wait."""
    if instance.takes_sign_ups:
        follow_publishing(event=instance, actor=getattr(kwargs.get("revision"), "user", None))


@register_page_lock
def sign_ups_below(page: Page) -> str | None:
    """The reason for not deleting an event that people signed up for, nor what is above it."""
    if page.is_leaf() and not issubclass(page.specific_class, EventPage):
        return None  # known without asking: a list of pages has a row for each
    below = SignUp.objects.filter(event__path__startswith=page.path)
    if not below.exists():
        return None
    return _(
        "People have signed up here, so the page stays. Cancel the event instead: all are told."
    )
