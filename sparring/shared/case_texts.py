"""Where words about a citizen are stored: whose they are, and what a guest reads of them.

Every model with a `CaseTextField` stands here (tests/sparring/texts/test_declared.py).
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext

from people.models import Unit
from privacy.anonymity.notes import Look, look_over
from sparring.models import StandingText
from sparring.models.text_fields import CaseCharField, CaseTextField

if TYPE_CHECKING:
    from django.db import models

    from people.models import Employee
    from sparring.models import Case


@dataclass(frozen=True)
class TextLocation:
    """How to find the case and the owner of one model's texts.

    case, owner: attributes from a row on; the owner is whoever can put the words right.
    read_by_guests: fields that a guest from another municipality sees with the case.
    """

    case: str
    owner: str
    read_by_guests: tuple[str, ...] = ()


LOCATIONS = {
    "sparring.Action": TextLocation(
        "case", "case.owner", ("what", "success_moment", "chosen_words")
    ),
    "sparring.Belief": TextLocation("case", "by_employee", ("because",)),
    "sparring.BlindBid": TextLocation("session.case", "employee", ("because",)),
    "sparring.Case": TextLocation("", "owner"),
    "sparring.CaseOwnership": TextLocation("case", "case.owner"),
    "sparring.EarlierNote": TextLocation("note.session.case", "note.employee"),
    "sparring.FollowUp": TextLocation(
        "outcome.session.case",
        "outcome.session.case.owner",
        ("note", "citizen_reaction", "next_step", "dropped_because"),
    ),
    "sparring.Handover": TextLocation("ownership.case", "former_owner"),
    "sparring.Idea": TextLocation("session.case", "by", ("text",)),
    "sparring.Outcome": TextLocation("session.case", "session.case.owner", ("citizen_told",)),
    "sparring.QuickAsk": TextLocation("case", "asked_by"),
    "sparring.RenewalNeed": TextLocation("case", "case.owner"),
    "sparring.SparringRequest": TextLocation("case", "created_by", ("key_question",)),
    "sparring.SessionNote": TextLocation("session.case", "employee", ("text",)),
    "sparring.Strength": TextLocation("case", "case.owner", ("text",)),
    "sparring.WayToMeet": TextLocation("case", "case.owner", ("motivates", "how_to_meet")),
}


def models_with_texts() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Every model with words about a citizen, with those fields."""
    for model in apps.get_app_config("sparring").get_models():
        fields = text_fields(model)
        if fields:
            yield model, fields


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model that hold words about a citizen."""
    kinds = (CaseTextField, CaseCharField)
    return [field for field in model._meta.local_fields if isinstance(field, kinds)]


def location_of(model: type[models.Model]) -> TextLocation:
    """Whose the model's texts are; KeyError for one that nobody declared."""
    return LOCATIONS[model._meta.label]


def case_of(row: models.Model) -> Case:
    """The case that a row's words are about."""
    path = location_of(type(row)).case
    found: Any = attrgetter(path)(row) if path else row
    case: Case = found
    return case


def owner_of(row: models.Model) -> Employee:
    """Who can put the row's words right: who wrote them and is still here, else whose case."""
    owner: Employee | None = attrgetter(location_of(type(row)).owner)(row)
    return owner if owner is not None and owner.is_active else case_of(row).owner


def look_at(text: str) -> Look:
    """What a text holds that it should not; the names of units may stand. One query, or none."""
    look = look_over(text)
    if not look.warned:
        return look
    folded = text.casefold()
    units = Unit.objects.values_list("name", flat=True)
    named = [name for name in units if name.casefold() in folded]
    return look_over(text, allowed=named) if named else look


def digest_of(text: str) -> str:
    """What tells one text from all others, and holds none of its words."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, text.strip().encode("utf-8", "surrogatepass"), sha256).hexdigest()


def let_stand(text: str) -> None:
    """Remember that somebody has seen what the check says of this text, and lets it stand."""
    StandingText.objects.get_or_create(digest=digest_of(text))


def quoted(words: Collection[str]) -> str:
    """The words as they stand, each once: “Mette”, “depression”."""
    return ", ".join(gettext("“%(found)s”") % {"found": word} for word in dict.fromkeys(words))
