"""Answering a dilemma: one answer for each employee, which they can change or take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.domain.anonymity import require_anonymous
from articles.models import DilemmaAnswer
from articles.queries.dilemmas import dilemma_of
from privacy import audit

if TYPE_CHECKING:
    from uuid import UUID

    from kb.models import ThemePage
    from people.models import Employee


@transaction.atomic
def answer_dilemma(
    *, actor: Employee, theme: ThemePage, dilemma: UUID, position: UUID, reason: str = ""
) -> DilemmaAnswer:
    """Say what one most agrees with; a later answer takes the place of the one before.

    Raises ValidationError for a position that the dilemma does not have, and for a reason in which
    somebody could be recognised.
    """
    found = dilemma_of(theme, dilemma)
    if found is None or position not in {known.key for known in found.positions}:
        raise ValidationError({"position": _("The dilemma was changed. Choose again.")})
    require_anonymous("reason", reason)
    answer, _created = DilemmaAnswer.objects.update_or_create(
        dilemma=dilemma,
        employee=actor,
        defaults={"theme": theme, "position": position, "reason": reason},
    )
    # Which position it was is nobody's business, the log's neither.
    audit.record(actor=actor, action="dilemma.answer", target=theme)
    return answer


@transaction.atomic
def withdraw_answer(*, actor: Employee, theme: ThemePage, dilemma: UUID) -> bool:
    """Take one's own answer back; returns whether there was one."""
    removed, _models = DilemmaAnswer.objects.filter(dilemma=dilemma, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="dilemma.withdraw", target=theme)
    return bool(removed)
