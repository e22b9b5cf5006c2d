"""Laying a theme's dilemmas ready for a talk, or taking them back (docs/domain.md B4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sparring.enums import SessionState
from sparring.models import BroughtTheme, SparringSession
from sparring.queries.talks import participation_of

from .traces import record

if TYPE_CHECKING:
    from kb.models import ThemePage
    from people.models import Employee

BEFORE_ITS_END = (SessionState.PLANNED, SessionState.RUNNING)


@transaction.atomic
def toggle_theme(*, actor: Employee, session: SparringSession, theme: ThemePage) -> bool:
    """Lay the theme's dilemmas ready, or take them back; returns whether they lie there now.

    Anybody in the talk may. Raises PermissionDenied for others, ValidationError for a talk that is
    over and for a theme without dilemmas.
    """
    if participation_of(session, actor) is None:
        raise PermissionDenied("Only those in a talk bring something to it.")
    if session.state not in BEFORE_ITS_END or not (theme.live and theme.dilemmas):
        raise ValidationError(_("There is nothing to bring to that talk."), code="state")
    brought, created = BroughtTheme.objects.get_or_create(session=session, theme=theme)
    if not created:
        brought.delete()
    record(session, actor, "talk.bring_theme", theme=theme.pk, brought=created)
    return created
