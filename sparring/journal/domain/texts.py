"""Make a text for the journal: for whoever may see what it is about; audited, never kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sparring.beliefs.queries.beliefs import shown_to_owner, standing_beliefs
from sparring.enums import JournalOccasion, ParticipantRole, SessionState
from sparring.journal.placeholders import RESPONSIBLE_NAME, fill, names_in
from sparring.journal.queries.templates import template_of
from sparring.journal.queries.values import belief_values, follow_up_values, session_values
from sparring.sessions.queries.sessions import follow_ups_of, participation_of
from sparring.shared import guards
from sparring.shared.case_audit import record

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import Belief, Case, FollowUp, SparringSession


@dataclass(frozen=True)
class JournalText:
    """A text as it was made. `named`: the colleague whose name the template asks for, or ""."""

    text: str
    named: str = ""


@transaction.atomic
def make_session_text(*, actor: Employee, session: SparringSession) -> JournalText:
    """The text of a closed session, for whoever brought the case and has it.

    Raises PermissionDenied for everybody else, ValidationError while it is not closed.
    """
    participation = participation_of(session, actor)
    if participation is None or participation.role != ParticipantRole.PRESENTER:
        raise PermissionDenied("Only whoever brought the case writes to the journal.")
    if session.state != SessionState.CLOSED:
        raise ValidationError(_("Close the session first."), code="state")
    made = _made(JournalOccasion.SESSION, session.case, session_values(session.outcome))
    record(session, actor, "journal.make")
    return made


@transaction.atomic
def make_follow_up_text(*, actor: Employee, follow_up: FollowUp) -> JournalText:
    """The text of a follow-up that was answered, for whoever answers it; the belief is the owner's.

    Raises PermissionDenied for everybody else, ValidationError while it is not answered.
    """
    if not follow_ups_of(actor).filter(pk=follow_up.pk).exists():
        raise PermissionDenied("Only the case's caseworker or who was responsible follows up.")
    if follow_up.done_at is None and not follow_up.dropped_because:
        raise ValidationError(_("Follow up first."), code="state")
    case = follow_up.outcome.session.case
    values = follow_up_values(follow_up, with_belief=case.owner_id == actor.pk)
    made = _made(JournalOccasion.FOLLOW_UP, case, values)
    record(follow_up, actor, "journal.make")
    return made


@transaction.atomic
def make_belief_text(*, actor: Employee, belief: Belief) -> JournalText:
    """The text of a belief that its case's caseworker sees; a corrected one has none.

    Raises PermissionDenied for everybody else, and for a predecessor's belief before the own one.
    """
    case = belief.case
    guards.require_owner(actor, case)
    shown, _blind = shown_to_owner(case, standing_beliefs(case))
    if belief not in shown:
        raise PermissionDenied("This belief is not shown to the actor.")
    made = _made(JournalOccasion.BELIEF, case, belief_values(belief))
    record(belief, actor, "journal.make")
    return made


def _made(occasion: str, case: Case, values: Mapping[str, str]) -> JournalText:
    template = template_of(case.municipality, occasion)
    named = values.get(RESPONSIBLE_NAME.name, "")
    return JournalText(
        text=fill(template, values),
        named=named if RESPONSIBLE_NAME.name in names_in(template) else "",
    )
