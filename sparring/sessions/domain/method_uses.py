"""Saying afterwards which methods a session used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from privacy import audit
from sparring.enums import ParticipantRole, SessionState
from sparring.models import MethodUse, SparringSession
from sparring.sessions.queries.sessions import participation_of

if TYPE_CHECKING:
    from learning.models import Method
    from people.models import Employee

HELD = (SessionState.AWAITING_OUTCOME, SessionState.CLOSED)


@transaction.atomic
def note_methods(
    *, actor: Employee, session: SparringSession, methods: Iterable[Method]
) -> list[Method]:
    """Note exactly these methods for the session; anybody who was in it may."""
    participation = participation_of(session, actor)
    if participation is None or participation.role == ParticipantRole.FORMER:
        raise PermissionDenied("Only those in a session say which methods it used.")
    if session.state not in HELD:
        raise ValidationError(_("Say it when the session is over."))
    methods = list(methods)
    session.method_uses.exclude(method__in=methods).delete()
    rows = [MethodUse(session=session, method=method) for method in methods]
    MethodUse.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(
        actor=actor,
        action="session.methods",
        target=session,
        methods=[row.method_id for row in rows],
    )
    return methods
