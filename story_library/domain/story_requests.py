"""Asking colleagues for a story on a topic that no story covers (docs/domain.md B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy import audit
from stories.anonymity.short_texts import refuse_found
from stories.models import StoryPage, StoryRequest

if TYPE_CHECKING:
    from people.models import Employee

MOST_OPEN = 5


@transaction.atomic
def request_story(*, actor: Employee, topic: str, text: str = "") -> StoryRequest:
    """Ask all colleagues for a story. Any finding is refused, since nobody reviews the text.

    Raises ValidationError by field, and when five of the actor's requests are open.
    """
    story_request = StoryRequest(
        asked_by=actor,
        municipality_id=actor.municipality_id,
        topic=topic.strip(),
        text=text.strip(),
    )
    story_request.clean_fields()
    for name in ("topic", "text"):
        try:
            refuse_found(getattr(story_request, name))
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    if StoryRequest.objects.open().filter(asked_by=actor).count() >= MOST_OPEN:
        raise ValidationError(_("Five of your requests wait already. Withdraw one of them first."))
    story_request.save()
    audit.record(actor=actor, action="story_request.make", target=story_request)
    return story_request


@transaction.atomic
def answer_story_request(
    *, actor: Employee, story_request: StoryRequest, story: StoryPage
) -> StoryRequest:
    """Answer with a published story; anyone who may read the story may answer."""
    if not StoryPage.objects.published_for(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Only a story one may read answers a wish.")
    story_request = _open_request(story_request)
    story_request.answered_by, story_request.answered_at = story, timezone.now()
    story_request.save(update_fields=["answered_by", "answered_at"])
    audit.record(actor=actor, action="story_request.answer", target=story_request, story=story.pk)
    return story_request


@transaction.atomic
def withdraw_story_request(*, actor: Employee, story_request: StoryRequest) -> StoryRequest:
    """Withdraw the request; for the employee who asked, or an approver."""
    story_request = _open_request(story_request)
    if actor.pk != story_request.asked_by_id and not actor.may(Right.REVIEW_STORIES):
        raise PermissionDenied("Only its employee or an approver withdraws a request.")
    story_request.closed_at = timezone.now()
    story_request.save(update_fields=["closed_at"])
    audit.record(actor=actor, action="story_request.close", target=story_request)
    return story_request


def _open_request(story_request: StoryRequest) -> StoryRequest:
    """The open request, locked. Raises ValidationError if it is not open."""
    found = StoryRequest.objects.open().select_for_update().filter(pk=story_request.pk).first()
    if found is None:
        raise ValidationError(_("The request is answered or withdrawn."), code="state")
    return found
