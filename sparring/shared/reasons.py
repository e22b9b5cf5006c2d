"""What a reason has to say: one sentence, and a new one for the same number (docs/domain.md B3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from renewal.likeness import near_identical
from sparring.enums import ByRole
from sparring.models.threshold_lookup import thresholds_of

if TYPE_CHECKING:
    from sparring.models import Belief

LEAST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
TOO_SHORT = _("Write a sentence of at least four words, so that others see what you build it on.")


def is_sentence(text: str) -> bool:
    """Whether the text has four different words at least."""
    return len({word.casefold() for word in _WORD.findall(text)}) >= LEAST_WORDS


def require_reason(belief: Belief) -> None:
    """Raise ValidationError on "because" for less than a sentence.

    What the citizen said stands as it was said, however short.
    """
    if belief.by_role != ByRole.CITIZEN:
        require_sentence(belief.because)


def require_sentence(because: str) -> None:
    """Raise ValidationError on "because" for an employee's reason that says less."""
    if not is_sentence(because):
        raise ValidationError({"because": TOO_SHORT}, code="too_short")


def require_new_reason(belief: Belief, before: Belief) -> None:
    """Raise ValidationError on "because" when it says nearly what was said before, as R7 has it."""
    percent = thresholds_of(belief.case.unit).r7_likeness_percent
    if near_identical(belief.because, before.because, percent):
        raise ValidationError(
            {"because": _("You wrote nearly the same last time. Write what you have seen since.")},
            code="copied",
        )
