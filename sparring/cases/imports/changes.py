"""Each change that an import would make, as the coordinator reads it before the second click.

No reason, no number of a belief and no strength stands here: they are the caseworker's and the
citizen's words, and the page is looked at by others than them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from sparring.enums import ActionKind, ByRole, ContactForm

if TYPE_CHECKING:
    from sparring.models import Action, Belief, Case

NOTHING = "–"


class ChangeKind(models.TextChoices):
    """What a change is about, in the order in which they are read."""

    OWNER = "owner", _("New caseworker")
    CASE = "case", _("Changed case")
    NEW = "new", _("New case")
    BELIEF = "belief", _("New belief")
    ACTION = "action", _("New action")
    STRENGTH = "strength", _("New strengths")


FIELDS: Mapping[str, Any] = {
    "owner": _("Caseworker"),
    "unit": _("Unit"),
    "target_group": _("Target group"),
    "started": _("Started"),
    "contact_form": _("Contact"),
}


@dataclass(frozen=True)
class Change:
    """One change of one case: the field, what it is now, what it would be."""

    kind: ChangeKind
    line: int
    code: str
    field: str
    before: str
    after: str

    @property
    def order(self) -> tuple[int, int]:
        """Changes of ownership first, then by kind, then as the file has them."""
        return list(ChangeKind).index(self.kind), self.line


def field_changes(
    line: int, case: Case, wanted: Mapping[str, Any], different: set[str]
) -> Iterator[Change]:
    """The fields of a stored case that would change; called before they are written on it."""
    for name in FIELDS:
        if name in different:
            kind = ChangeKind.OWNER if name == "owner" else ChangeKind.CASE
            before, after = getattr(case, name), wanted[name]
            field = str(FIELDS[name])
            yield Change(kind, line, case.code, field, _shown(before), _shown(after))


def new_case(line: int, case: Case) -> Change:
    """A case that is not stored yet: whose it becomes, and where."""
    after = f"{case.owner}, {case.unit.name}"
    return Change(ChangeKind.NEW, line, case.code, str(FIELDS["owner"]), NOTHING, after)


def new_belief(line: int, belief: Belief, on: date) -> Change:
    """Whose belief it is, and of which day."""
    role = str(ByRole(belief.by_role).label)
    return Change(ChangeKind.BELIEF, line, belief.case.code, role, NOTHING, _shown(on))


def new_action(line: int, action: Action) -> Change:
    """What kind, and its day."""
    kind = str(ActionKind(action.kind).label)
    day = action.started_on or action.planned_for
    return Change(ChangeKind.ACTION, line, action.case.code, kind, NOTHING, _shown(day))


def new_strengths(line: int, code: str, count: int) -> Change:
    """How many."""
    label = str(ChangeKind.STRENGTH.label)
    return Change(ChangeKind.STRENGTH, line, code, label, NOTHING, formats.number_format(count))


def counted(changes: Sequence[Change]) -> list[tuple[ChangeKind, int]]:
    """How many changes there are of each kind that there are any of, in the order of reading."""
    counts = Counter(change.kind for change in changes)
    return [(kind, counts[kind]) for kind in ChangeKind if counts[kind]]


def _shown(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, models.Model):
        return str(getattr(value, "name", value))
    return str(ContactForm(value).label)
