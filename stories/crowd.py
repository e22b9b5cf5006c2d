"""How many citizens of the municipality look like the one in the story (docs/anonymity.md).

The cases are the case half's, which lies above and registers them here, as codes only:
register_caseload(lambda municipality_id: [CaseCodes("aktivitetsparat", "phone", {"placement"})])
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from privacy.anonymity.combination import K, generalise, k_for
from stories.enums import ActionKind

# The caseload holds no ages. With an age band in the story, three times as many must be alike.
AGE_BANDS = 3
# In this order they matter to a reader: what stands last goes first.
NAMES = ("target_group", "action_kinds", "contact_form")
# Kinds of action are compared by their field: what a case records of them is never complete.
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
    """What may be compared of a case."""

    target_group: str
    contact_form: str
    action_kinds: Collection[str]


class Crowd(NamedTuple):
    """How many are alike. `alike` is None where the system knows no case of the municipality.

    drop: names of fields that would have to go; None when none would do, empty when nothing has to.
    """

    alike: int | None
    needed: int
    drop: tuple[str, ...] | None = ()

    @property
    def is_enough(self) -> bool:
        return self.drop == ()

    @property
    def is_small(self) -> bool:
        """A number that is never shown exactly."""
        return self.alike is not None and self.alike < K


Provider = Callable[[int], Iterable[CaseCodes]]
_providers: list[Provider] = []


def register_caseload(provider: Provider) -> Provider:
    """Register where a municipality's cases come from; the last one registered answers."""
    _providers[:] = [provider]
    return provider


def crowd_of(
    *,
    municipality_id: int,
    target_group: str,
    contact_form: str,
    action_kinds: Iterable[str],
    age_band: str,
) -> Crowd:
    """Count the cases that share the target group, the contact and the field of some action."""
    cases = list(_providers[0](municipality_id)) if _providers else []
    needed = K * AGE_BANDS if age_band else K
    if not cases:
        return Crowd(None, needed)
    fields = _fields(action_kinds)
    given = (target_group or None, "same" if fields else None, contact_form or None)
    rows: list[tuple[str | None, ...]] = [
        (
            case.target_group,
            "same" if fields & _fields(case.action_kinds) else None,
            case.contact_form,
        )
        for case in cases
    ]
    count = k_for(given, rows)
    if count >= needed or not (age_band or any(given)):
        return Crowd(count, needed)
    return Crowd(count, needed, _to_drop(given, rows, count, with_age=bool(age_band)))


def _fields(kinds: Iterable[str]) -> set[str]:
    """The fields of these kinds of action; "other" is in none."""
    return {ACTION_FIELDS[kind] for kind in kinds if kind in ACTION_FIELDS}


def _to_drop(
    given: tuple[str | None, ...],
    rows: list[tuple[str | None, ...]],
    count: int,
    *,
    with_age: bool,
) -> tuple[str, ...] | None:
    """The age alone where that is enough; else the fewest other fields, and the age."""
    age = ("age_band",) if with_age else ()
    if with_age and count >= K:
        return age
    kept = generalise(given, rows, k=K)
    if kept is None:
        kept = tuple(None for _value in given)
    dropped = (n for n, v, k in zip(NAMES, given, kept, strict=True) if v is not None and k is None)
    return (*age, *dropped)
