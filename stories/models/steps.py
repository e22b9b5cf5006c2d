"""The steps of a story: a list of {title, text, timing}."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy.fields import refuse_cpr
from stories.enums import Timing

MOST_STEPS = 6
LONGEST_TITLE = 120
LONGEST_TEXT = 600


def validate_steps(value: Any) -> None:
    """Raise ValidationError unless `value` is a list of at most six complete steps without CPR."""
    if not isinstance(value, list) or len(value) > MOST_STEPS:
        raise ValidationError(_("At most six steps."), code="steps")
    for step in value:
        _validate_step(step)


def _validate_step(step: Any) -> None:
    if not isinstance(step, dict) or set(step) != {"title", "text", "timing"}:
        raise ValidationError(_("A step has a heading, a text and a time."), code="steps")
    if step["timing"] not in Timing.values or not str(step["title"]).strip():
        raise ValidationError(_("Every step needs a heading and a time."), code="steps")
    if len(step["title"]) > LONGEST_TITLE or len(step["text"]) > LONGEST_TEXT:
        raise ValidationError(_("The step is too long."), code="steps")
    refuse_cpr(f"{step['title']}\n{step['text']}")
