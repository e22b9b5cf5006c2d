"""A municipality words its texts for the journal itself (docs/decisions/0041)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from people.models import Municipality
from people.roles import Right
from privacy import audit
from sparring.enums import JournalOccasion
from sparring.journal.placeholders import require_known, usual_template
from sparring.journal.queries.templates import own_templates
from sparring.models import JournalTemplate
from sparring.shared import guards

if TYPE_CHECKING:
    from people.models import Employee


def may_word(actor: Employee, municipality: Municipality) -> bool:
    """Whether somebody words the texts there: its own coordinator or administrator."""
    return actor.may_in(municipality, Right.WORD_JOURNAL)


@transaction.atomic
def word_journal(
    *, municipality: Municipality, actor: Employee, texts: Mapping[str, str]
) -> list[str]:
    """Set the wording of some occasions; returns those that changed.

    An empty text, or the usual one, is the way back to the usual one. Raises PermissionDenied
    unless the actor coordinates or administrates the municipality; ValidationError by occasion.
    """
    if not may_word(actor, municipality):
        raise PermissionDenied("Only the municipality's own coordinator or administrator does.")
    town = Municipality.objects.select_for_update().get(pk=municipality.pk)
    wanted = checked(texts)
    own = own_templates(town)
    changed = sorted(code for code, text in wanted.items() if own.get(code, "") != text)
    for occasion in changed:
        _store(town, occasion, wanted[occasion])
    if changed:
        audit.record(
            actor=actor,
            action="municipality.word_journal",
            target=town,
            municipality_id=town.pk,
            occasions=",".join(changed),
        )
    return changed


def checked(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as they are kept, "" for the usual one. Raises ValidationError by occasion."""
    kept: dict[str, str] = {}
    problems: dict[str, ValidationError] = {}
    for occasion, typed in texts.items():
        text = typed.replace("\r\n", "\n").strip()
        kept[occasion] = "" if text == usual_template(JournalOccasion(occasion)) else text
        try:
            require_known(occasion, text)
        except ValidationError as error:
            problems[occasion] = error
    if problems:
        raise ValidationError({occasion: error.messages for occasion, error in problems.items()})
    return kept


def _store(town: Municipality, occasion: str, text: str) -> None:
    if not text:
        JournalTemplate.objects.filter(municipality=town, occasion=occasion).delete()
        return
    row = JournalTemplate(municipality=town, occasion=occasion, text=text)
    try:
        guards.clean(row)
    except ValidationError as error:
        raise ValidationError({occasion: error.messages}) from error
    JournalTemplate.objects.update_or_create(
        municipality=town, occasion=occasion, defaults={"text": text}
    )
