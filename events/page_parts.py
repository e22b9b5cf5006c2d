"""What an event's page shows of sign-up, evaluation and debate, for whoever looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from events.domain.afterwards import why_not_evaluate
from events.domain.attendance import may_organise
from events.domain.seats import free_seat, why_closed
from events.enums import CommentState, SignUpState
from events.evaluations import summary
from events.models import EventPage, SignUp
from events.page_context import register_page_context
from kb.models.approved import live_or_none
from kb.models.base import shown_to

if TYPE_CHECKING:
    from django.http import HttpRequest


@register_page_context
def sign_up_parts(request: HttpRequest, event: EventPage) -> dict[str, Any]:
    """The visitor's own sign-up, and what they may do now."""
    if not event.pk:  # a preview of a new page
        return {}
    user = request.user
    mine = own_sign_up(event, user)
    closed = why_closed(event)
    has_begun = event.starts_at is not None and event.starts_at <= timezone.now()
    return {
        "mine": mine,
        "closed": closed,
        "is_full": not closed and free_seat(event) is None,
        "has_begun": has_begun,
        "online_link": event.online_link if mine is not None and mine.is_seated else "",
        "waiting_number": waiting_number(mine),
        "may_organise": may_organise(user, event),
        "may_evaluate": mine is not None and not why_not_evaluate(mine),
        "evaluation": summary(event) if user.is_authenticated else None,
        "series_events": series_events(event, user),
        "pictures": list(event.pictures.all()),
        "files": list(event.files.all()) if user.is_authenticated else [],
        "comments": event.comments.filter(state=CommentState.SHOWN).select_related("author")
        if user.is_authenticated
        else [],
        "may_comment": user.is_authenticated and event.date <= timezone.localdate(),
    }


def own_sign_up(event: EventPage, user: Any) -> SignUp | None:
    """The active sign-up of a logged-in visitor."""
    if not user.is_authenticated:
        return None
    found: SignUp | None = event.sign_ups.active().filter(employee=user).first()
    return found


def waiting_number(sign_up: SignUp | None) -> int | None:
    """Which number somebody has on the waiting list; None for who does not wait."""
    if sign_up is None or sign_up.state != SignUpState.WAITING:
        return None
    before = sign_up.event.sign_ups.in_queue().filter(rank__lt=sign_up.rank)
    return before.count() + 1


def series_events(event: EventPage, user: Any) -> list[tuple[str, str]]:
    """The others of its series that are still to come, for a list of links."""
    if live_or_none(event.series) is None:
        return []
    others = EventPage.objects.filter(series=event.series_id).exclude(pk=event.pk)
    coming = shown_to(others, user).upcoming(timezone.localdate())
    return [(other.title, other.url) for other in coming[:5]]
