"""After the event: three answers that nobody can be known by, and a debate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import CommentState
from events.models import Evaluation, EventComment, EventPage, SignUp
from privacy import audit
from privacy.fields import refuse_cpr

from .attendance import require_organiser

if TYPE_CHECKING:
    from people.models import Employee

MOST_LETTERS = 1200


@transaction.atomic
def evaluate(
    *, actor: Employee | None, sign_up: SignUp, useful: int, will_use: str, otherwise: str = ""
) -> Evaluation:
    """Three answers, once. What is kept does not say whose they are.

    Raises PermissionDenied for another's, ValidationError when it is done, or too early.
    """
    sign_up = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up.pk)
    if sign_up.employee_id != (actor.pk if actor is not None else None):
        raise PermissionDenied("Only whoever signed up answers.")
    if reason := why_not_evaluate(sign_up):
        raise ValidationError(reason, code="evaluation")
    evaluation = Evaluation(
        event=sign_up.event, useful=useful, will_use=will_use, otherwise=otherwise.strip()
    )
    evaluation.full_clean()
    evaluation.save()
    sign_up.has_evaluated = True
    sign_up.save(update_fields=["has_evaluated"])
    audit.record(actor=None, action="event.evaluated", target=sign_up.event)
    return evaluation


def why_not_evaluate(sign_up: SignUp) -> str:
    """Why there is nothing to answer (any more); empty while there is."""
    event = sign_up.event
    if sign_up.has_evaluated:
        return str(_("You have answered already. Thank you."))
    if not sign_up.is_seated or sign_up.came is False:
        return str(_("The questions are for those who were there."))
    if event.cancelled or event.ends_at is None or event.ends_at > timezone.now():
        return str(_("The questions come when the event is over."))
    return ""


@transaction.atomic
def add_comment(*, actor: Employee, event: EventPage, text: str) -> EventComment:
    """Say something in the debate; shown once the organiser has read it. Twice is once."""
    if not actor.is_active or not event.live:
        raise PermissionDenied("Only employees, and only where others read the event.")
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write something.")})
    if len(text) > MOST_LETTERS:
        raise ValidationError({"text": _("Say it in at most 1200 letters.")})
    refuse_cpr(text)
    found = event.comments.filter(author=actor, text=text, state=CommentState.WAITING).first()
    if found is not None:
        return found
    comment = EventComment(
        event=event, author=actor, text=text, created_at=timezone.now(), state=CommentState.WAITING
    )
    comment.full_clean()
    comment.save()
    audit.record(actor=actor, action="event.comment", target=comment)
    return comment


@transaction.atomic
def decide_comment(*, actor: Employee, comment: EventComment, show: bool) -> EventComment:
    """The organiser shows a comment or does not; a comment can be taken down again."""
    require_organiser(actor, comment.event)
    comment.state = CommentState.SHOWN if show else CommentState.REFUSED
    comment.decided_by, comment.decided_at = actor, timezone.now()
    comment.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(actor=actor, action="event.decide_comment", target=comment, shown=show)
    return comment
