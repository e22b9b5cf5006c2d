"""Responses to a story (docs/domain.md B5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy import audit
from stories.anonymity.short_texts import refuse_blocked
from stories.enums import ResponseKind, ResponseState
from stories.models import StoryPage, StoryResponse

if TYPE_CHECKING:
    from people.models import Employee

FURTHEST_PLAN = timedelta(days=365)


@transaction.atomic
def respond(
    *,
    actor: Employee,
    story: StoryPage,
    kind: str,
    text: str = "",
    planned_for: date | None = None,
) -> StoryResponse:
    """Respond, or replace one's earlier response of the same kind.

    "We changed something", and any text the anonymity check warns about, waits for a moderator.
    Raises ValidationError by field; PermissionDenied for a story the actor cannot read.
    """
    if kind not in ResponseKind.values:
        raise ValidationError(_("There is no such response."), code="kind")
    if not StoryPage.objects.published_for(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Nobody responds to a story they cannot read.")
    text = text.strip()
    if kind == ResponseKind.CHANGED and not text:
        raise ValidationError({"text": _("Write what you have changed.")})
    _require_possible(planned_for)
    try:
        waits = refuse_blocked(text) or kind == ResponseKind.CHANGED
    except ValidationError as error:
        raise ValidationError({"text": error.messages}) from error
    values = {
        "text": text,
        "planned_for": planned_for,
        "state": ResponseState.WAITING if waits else ResponseState.SHOWN,
        "read_by": None,
        "read_at": None,
        "reason": "",
    }
    StoryResponse(story=story, employee=actor, kind=kind, **values).clean_fields()
    response, _made = StoryResponse.objects.update_or_create(
        story=story, employee=actor, kind=kind, defaults=values
    )
    audit.record(actor=actor, action="story.respond", target=story, kind=kind, waits=waits)
    return response


def _require_possible(planned_for: date | None) -> None:
    today = timezone.localdate()
    if planned_for is not None and not today <= planned_for <= today + FURTHEST_PLAN:
        raise ValidationError({"planned_for": _("Choose a day within the next year.")})


@transaction.atomic
def withdraw_response(*, actor: Employee, story: StoryPage, kind: str) -> bool:
    """Delete one's own response of that kind; returns whether there was one."""
    removed, _models = StoryResponse.objects.filter(story=story, employee=actor, kind=kind).delete()
    if removed:
        audit.record(actor=actor, action="story.respond", target=story, kind=kind, given=False)
    return bool(removed)


@transaction.atomic
def moderate_response(
    *, actor: Employee, response: StoryResponse, show: bool, reason: str = ""
) -> StoryResponse:
    """A moderator shows a waiting response or refuses it with a reason; never one's own."""
    response = StoryResponse.objects.select_for_update().get(pk=response.pk)
    if (
        not actor.is_active
        or not actor.may(Right.REVIEW_STORIES)
        or actor.pk == response.employee_id
    ):
        raise PermissionDenied("A response is read by an approver who did not write it.")
    if response.state != ResponseState.WAITING:
        raise ValidationError(_("The response does not wait to be read."), code="state")
    if not show and not reason.strip():
        raise ValidationError({"reason": _("Write why it is not shown.")})
    response.state = ResponseState.SHOWN if show else ResponseState.REFUSED
    response.reason = "" if show else reason.strip()
    response.read_by, response.read_at = actor, timezone.now()
    response.clean_fields()
    response.save()
    audit.record(actor=actor, action="story.read_response", target=response.story, shown=show)
    return response
