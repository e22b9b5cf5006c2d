"""Asking for a talk, and answering: yes with a time, or no with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import TalkRequest
from people.domain.notifications import notify, notify_all
from people.models import Employee, Notification
from people.roles import Role
from privacy import audit
from privacy.jobs import defer

if TYPE_CHECKING:
    from datetime import datetime

    from kb.models import ThemePage


@transaction.atomic
def ask_for_talk(*, actor: Employee | None, theme: ThemePage, **details: Any) -> TalkRequest:
    """Ask the theme's contact; where they have no account here, the editors get it."""
    talk = TalkRequest(theme=theme, asked_by=actor, **details)
    talk.full_clean()
    talk.save()
    audit.record(actor=actor, action="talk.ask", target=talk)
    notify_all(
        Notification(
            employee=employee,
            kind="articles.talk_request",
            object_id=str(talk.pk),
            key=f"articles.talk_request:{talk.pk}:{employee.pk}",
        )
        for employee in answerers_of(theme)
    )
    return talk


def answerers_of(theme: ThemePage) -> list[Employee]:
    """The contact's account; every editor where the contact has none that is open."""
    contact = theme.contact.employee if theme.contact else None
    if contact is not None and contact.is_active:
        return [contact]
    return list(Employee.objects.with_role(Role.EDITOR))


@transaction.atomic
def accept_talk(
    *,
    actor: Employee,
    talk: TalkRequest,
    starts_at: datetime,
    minutes: int,
    location: str = "",
    answer: str = "",
) -> TalkRequest:
    """Say yes, with when and where. Raises ValidationError for a time that has passed."""
    if starts_at <= timezone.now():
        raise ValidationError({"starts_at": _("That time has passed.")})
    talk = _to_answer(actor, talk)
    talk.starts_at, talk.minutes, talk.location = starts_at, minutes, location
    return _answered(actor, talk, accepted=True, answer=answer)


@transaction.atomic
def decline_talk(*, actor: Employee, talk: TalkRequest, answer: str) -> TalkRequest:
    """Say no, and why. Raises ValidationError without a reason."""
    if not answer.strip():
        raise ValidationError({"answer": _("Write why, so that they can ask elsewhere.")})
    return _answered(actor, _to_answer(actor, talk), accepted=False, answer=answer)


def _to_answer(actor: Employee, talk: TalkRequest) -> TalkRequest:
    allowed = TalkRequest.objects.answerable_by(actor).filter(pk=talk.pk)
    if not allowed.exists():
        raise PermissionDenied
    found = TalkRequest.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    if not found.is_waiting:
        raise ValidationError(_("Somebody has answered already."))
    return found


def _answered(actor: Employee, talk: TalkRequest, *, accepted: bool, answer: str) -> TalkRequest:
    talk.accepted, talk.answer = accepted, answer
    talk.answered_by, talk.answered_at = actor, timezone.now()
    talk.save()
    audit.record(actor=actor, action="talk.accept" if accepted else "talk.decline", target=talk)
    if talk.asked_by is not None:
        notify(
            employee=talk.asked_by,
            kind="articles.talk_answer",
            object_id=talk.pk,
            key=f"articles.talk_answer:{talk.pk}",
        )
    else:
        defer("articles.mail_talk_answer", talk_id=talk.pk)
    return talk


def forget_old_requests() -> int:
    """Delete what was answered long ago; returns how many."""
    return TalkRequest.objects.past_keeping(timezone.now()).delete()[0]
