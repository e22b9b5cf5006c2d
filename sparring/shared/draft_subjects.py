"""What drafts of forms about a case are filed under: they go where the case goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparring.models import Case


def draft_subject_of(case: Case) -> str:
    """Such as "case:17"."""
    return f"case:{case.pk}"
