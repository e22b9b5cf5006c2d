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
# Above this, every way to leave something out is not tried: leave out kinds of action first.
MOST_FIELDS = 9


class CaseCodes(NamedTuple):
    """What may be compared of a case."""

    target_group: str
    contact_form: str
    action_kinds: Collection[str]


class Crowd(NamedTuple):
    """How many are alike. `count` is None where the system knows no case of the municipality.

    drop: names of fields (a kind of action as itself) that would have to go; None when none would
    do, empty when nothing has to.
    """

    count: int | None
    needed: int
    drop: tuple[str, ...] | None = ()

    @property
    def is_enough(self) -> bool:
        return self.drop == ()

    @property
    def is_small(self) -> bool:
        """A number that is never shown exactly."""
        return self.count is not None and self.count < K


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
    """Count the cases that share every field the story gives."""
    cases = list(_providers[0](municipality_id)) if _providers else []
    needed = K * AGE_BANDS if age_band else K
    if not cases:
        return Crowd(None, needed)
    kinds = sorted(set(action_kinds) - {ActionKind.OTHER})
    names = ("target_group", "contact_form", *kinds)
    given = (target_group or None, contact_form or None, *kinds)
    rows = [
        (
            case.target_group,
            case.contact_form,
            *(kind if kind in case.action_kinds else None for kind in kinds),
        )
        for case in cases
    ]
    count = k_for(given, rows)
    if count >= needed or not (age_band or any(given)):
        return Crowd(count, needed)
    return Crowd(count, needed, _to_drop(names, given, rows, count, with_age=bool(age_band)))


def _to_drop(
    names: tuple[str, ...],
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
    if sum(value is not None for value in given) > MOST_FIELDS:
        return None
    kept = generalise(given, rows, k=K)
    if kept is None:
        kept = tuple(None for _value in given)
    dropped = (n for n, v, k in zip(names, given, kept, strict=True) if v is not None and k is None)
    return (*age, *dropped)
