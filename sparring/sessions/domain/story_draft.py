"""From an outcome to the draft of a story: codes go along, never a word or a belief (B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sparring.models import Outcome
from sparring.shared.case_audit import record
from stories.domain.authoring import DraftPrefill, start_draft

from . import session_guards

if TYPE_CHECKING:
    from people.models import Employee
    from stories.models import StoryPage


@transaction.atomic
def draft_story(*, actor: Employee, outcome: Outcome) -> StoryPage:
    """The actor's draft about the session's outcome: the one begun before, or a new one.

    Carried over: the kind of action, the target group, the form of contact and the themes on the
    table, for the teller to confirm. The beliefs are not: the published story says that its numbers
    are the teller's memory and not taken from the case, and the citizen agreed to that.
    Raises PermissionDenied unless the actor owns the case, ValidationError when the actor belongs
    to no municipality.
    """
    row = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    session = session_guards.locked(row.session)
    case = session.case
    if not actor.is_active or case.owner_id != actor.pk:
        raise PermissionDenied("Only the case's own caseworker tells its story.")
    if row.story is not None and row.story.author_id == actor.pk:
        return row.story
    cards = session.cards.filter(swapped_out=False)
    story = start_draft(
        author=actor,
        prefill=DraftPrefill(
            action_kinds=[row.action.kind],
            target_group=case.target_group.code,
            contact_form=case.contact_form,
            theme_numbers=sorted(set(cards.values_list("card__theme__number", flat=True))),
        ),
    )
    row.story = story
    row.save(update_fields=["story"])
    record(session, actor, "session.tell", story=story.pk)
    return story
