"""The k-anonymity check: how many citizens share a story's facts (docs/anonymity.md).

The sparring app, which may not be imported here, registers anonymised case attributes:
register_caseload(lambda municipality_id: [CaseCodes("aktivitetsparat", "phone", {"placement"})])
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from privacy.anonymity.combination import K, generalise
from stories.enums import ActionKind

# Cases have no age. If the story has an age band, three times as many citizens must share the rest.
AGE_BANDS = 3
ACTION, SHARED = "action", "shared"
# An age in words: "i 40'erne", "i fyrrerne", "en 47-årig", "47 år gammel".
_AGE = re.compile(
    r"\bi\s+(?:starten\s+af\s+|midten\s+af\s+|slutningen\s+af\s+)?"
    r"(?:[2-7]0\s?['’]?\s?erne|tyverne|trediverne|fyrrerne|halvtredserne|tresserne|halvfjerdserne)\b"
    r"|\b[1-9]\d[\s-]?(?:årig|års?\s+gam)",
    re.IGNORECASE,
)
# Actions are compared by their field, since cases record their actions incompletely.
ACTION_FIELDS: dict[str, str] = {
    ActionKind.PLACEMENT: "company",
    ActionKind.PAID_HOURS: "company",
    ActionKind.WAGE_SUBSIDY: "company",
    ActionKind.COMPANY_VISIT: "company",
    ActionKind.TRIAL_DAY: "company",
    ActionKind.WORKPLACE_MENTOR: "company",
    ActionKind.COURSE: "course",
    ActionKind.HEALTH: "health",
    ActionKind.COUNSELLING: "health",
    ActionKind.DOCTOR_MEETING: "health",
    ActionKind.CONVERSATION: "talk",
    ActionKind.STRENGTH_TALK: "talk",
    ActionKind.WALK_TALK: "talk",
    ActionKind.VOLUNTEERING: "civil_society",
}


class CaseCodes(NamedTuple):
    """The anonymised attributes of one case."""

    target_group: str
    contact_form: str
    action_kinds: Collection[str]


class AnonymitySet(NamedTuple):
    """The size of the anonymity set; `alike` is None if the municipality has no cases here.

    drop: the fields and action kinds that must be left out; empty if the set is large enough.
    """

    alike: int | None
    needed: int
    drop: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        return not self.drop

    @property
    def is_small(self) -> bool:
        """A number that is never shown exactly."""
        return self.alike is not None and self.alike < K


Fact = tuple[str, str]
Provider = Callable[[int], Iterable[CaseCodes]]
_providers: list[Provider] = []


def register_caseload(provider: Provider) -> Provider:
    """Register where a municipality's cases come from; the last one registered answers."""
    _providers[:] = [provider]
    return provider


def tells_age(text: str) -> bool:
    """Whether the text mentions an age, which counts like an age band."""
    return _AGE.search(text) is not None


def count_anonymity_set(
    *,
    municipality_id: int,
    target_group: str,
    contact_form: str,
    action_kinds: Sequence[str],
    has_age: bool,
) -> AnonymitySet:
    """Count the cases with the target group, the contact and an action of every field it names."""
    needed = K * AGE_BANDS if has_age else K
    cases = list(_providers[0](municipality_id)) if _providers else []
    if not cases:
        return AnonymitySet(None, needed)
    facts = _facts(target_group, contact_form, action_kinds)
    rows = Counter(_shared(facts, case) for case in cases)
    count = rows[tuple(SHARED for _fact in facts)]
    if count >= needed or not (has_age or facts):
        return AnonymitySet(count, needed)
    return AnonymitySet(count, needed, _to_drop(facts, rows, count, action_kinds, with_age=has_age))


def _facts(group: str, contact: str, kinds: Iterable[str]) -> list[Fact]:
    """The story's facts, the most important first; the action "other" is no fact."""
    facts = [("target_group", group)] if group else []
    facts += [(ACTION, name) for name in _fields(kinds)]
    return facts + ([("contact_form", contact)] if contact else [])


def _fields(kinds: Iterable[str]) -> list[str]:
    """The fields of these kinds of action, in their order; "other" is in none."""
    return list(dict.fromkeys(ACTION_FIELDS[kind] for kind in kinds if kind in ACTION_FIELDS))


def _shared(facts: Sequence[Fact], case: CaseCodes) -> tuple[str | None, ...]:
    """For each of the facts whether the case is known to share it."""
    known = {
        ("target_group", case.target_group),
        ("contact_form", case.contact_form),
        *((ACTION, name) for name in _fields(case.action_kinds)),
    }
    return tuple(SHARED if fact in known else None for fact in facts)


def _to_drop(
    facts: Sequence[Fact],
    rows: Counter[tuple[str | None, ...]],
    count: int,
    kinds: Sequence[str],
    *,
    with_age: bool,
) -> tuple[str, ...]:
    """The age alone where that is enough; else the fewest other facts, and the age."""
    age = ("age_band",) if with_age else ()
    if with_age and count >= K:
        return age
    # More than K alike rows say no more than K do.
    few = [row for row, number in rows.items() for _copy in range(min(number, K))]
    kept = generalise(tuple(SHARED for _fact in facts), few, k=K)
    dropped = [fact for i, fact in enumerate(facts) if kept is None or kept[i] is None]
    return (*age, *(name for fact in dropped for name in _names(fact, kinds)))


def _names(fact: Fact, kinds: Iterable[str]) -> list[str]:
    """The field of the story, or for actions those of its kinds that are in the fact's field."""
    name, value = fact
    return (
        [kind for kind in kinds if ACTION_FIELDS.get(kind) == value] if name == ACTION else [name]
    )
