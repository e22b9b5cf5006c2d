"""A proposed repair in words: what changes, for whom, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kb.models import ThemePage
from sparring.enums import RepairReason

from .plans import fit, why_sentences

if TYPE_CHECKING:
    from sparring.plans.proposal import Change, Proposal


@dataclass(frozen=True)
class Line:
    """One session of the proposal.

    `whys` is each who comes with the reasons, as (heading, sentences).
    """

    change: Change
    because: str
    what: list[str]
    exclusion_reasons: list[tuple[str, list[str]]]


def lines(proposal: Proposal) -> list[Line]:
    """The proposal's sessions, in one query.

    Those that are broken come first, then those that make room.
    """
    themes = dict(ThemePage.objects.live().values_list("number", "nav_title"))
    found = [
        Line(
            change=change,
            because=str(RepairReason(change.because).label),
            what=_what(change),
            exclusion_reasons=[
                (
                    f"{person}: {fit(change.parts[person.pk]['affinity'])}",
                    why_sentences(change.parts[person.pk], themes),
                )
                for person in change.coming
            ],
        )
        for change in proposal.changes
    ]
    return sorted(found, key=lambda line: line.change.because == RepairReason.MAKES_ROOM)


def _what(change: Change) -> list[str]:
    """What happens to the people of one session, each a sentence."""
    if change.starts_at is None:
        return [_("Nobody can come, at this or another time. The session is called off.")]
    said = [_("%(name)s is asked.") % {"name": person} for person in change.coming]
    said += [_("%(name)s leaves the session.") % {"name": person} for person in change.leaving]
    if change.moves:
        said += [_("%(name)s is asked again.") % {"name": person} for person in change.staying]
    if change.lacking:
        said.append(_("One colleague is still missing."))
    return said
