"""The check for notes about one citizen, whom their readers know anyway.

Stricter than for a story with numbers, which never belong there, and with illnesses, which no case
of ours may hold: what would let anybody reach the citizen is refused; names, illnesses and what
else points to a person are warned about.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from . import lexicon
from .engine import check
from .report import Finding
from .rewrite import as_placed, is_genitive, replacements

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# However sure the check is of it; an address only with its number, since a street may be a word.
_ALWAYS_REFUSED = frozenset({"cpr", "phone", "email", "profile", "account"})
_REFUSED_WHEN_SURE = frozenset({"address"})
_DIAGNOSIS = re.compile(
    r"\b(?:depression\w*|depressiv\w*|(?:social|generaliseret)?angst(?!re)(?:en|lidelse\w*|anfald\w*)?"
    r"|adhd|add(?=[-\s,.]|\Z)|ptsd|ocd|skizo\w+|paranoi\w+|psykose\w*|psykotisk\w*|bipolar\w*"
    r"|maniodepressiv\w*|borderline\w*|autis\w+|asperger\w*|tourette\w*|anoreksi\w*|bulimi\w*"
    r"|spiseforstyrr\w+|personlighedsforstyrr\w+|tilknytningsforstyrr\w+|udviklingsforstyrr\w+"
    r"|alkoholi\w+|alkoholmisbrug\w*|alkoholafhængig\w*|stofmisbrug\w*|hashmisbrug\w*|narkoman\w*"
    r"|demens\w*|alzheimer\w*|parkinson\w*|epilepsi\w*|epileptiker\w*|sklerose\w*"
    r"|sclerose\w*"
    r"|fibromyalgi\w*|(?:lede?|slid|psoriasis)gigt\w*|diabetes\w*|diabetiker\w*|sukkersyge\w*"
    r"|kol(?=[-\s,.']|\Z)"
    r"|\w*kræft(?:en|syg\w*|behandl\w+|diagnos\w+|ramt\w*)?|leukæmi\w*|cancer\w*"
    r"|hjernerystelse\w*|hjerneskade\w*"
    r"|whiplash\w*|diskusprolaps\w*|blodprop\w*|migræne\w*|colitis\w*|crohn\w*|leverbetændelse\w*|hepatitis"
    r"|stress(?:sygemeld\w+|reaktion\w*|belastningsreaktion\w*)|belastningsreaktion\w*|udbrændthed"
    r"|(?<=har )stress|(?<=haft )stress|(?<=af )stress|(?<=med )stress)\b",
    re.IGNORECASE,
)
# No illnesses, written so.
_NO_DIAGNOSIS = frozenset({"bekræft", "kol", "add"})
_ROLES = lexicon.context("person_nouns") | lexicon.context("kin") | lexicon.context("titles")
_LAST_WORD = re.compile(r"([^\W\d_]+)[,:]?\s*\Z")
_HEALTH = (
    pgettext_lazy("in place of a diagnosis", "considerations of health"),
    pgettext_lazy("in place of a diagnosis", "an illness"),
)
_SAID_OTHERWISE: dict[str, tuple[_StrPromise, ...]] = {
    "name": (
        pgettext_lazy("in place of a name", "the citizen"),
        pgettext_lazy("in place of a name", "a relative"),
        pgettext_lazy("in place of a name", "the doctor"),
        pgettext_lazy("in place of a name", "a colleague"),
    ),
    "health": _HEALTH,
    "diagnosis": _HEALTH,
}


@dataclass(frozen=True)
class Look:
    """What was found in a note: what may never stand, and what is asked about."""

    refused: tuple[Finding, ...] = ()
    warned: tuple[Finding, ...] = ()

    @property
    def found(self) -> list[Finding]:
        """Both, as they stand in the text."""
        return sorted((*self.refused, *self.warned), key=lambda finding: finding.start)


def look_over(text: str, *, allowed: Collection[str] = ()) -> Look:
    """What a note holds that it should not. `allowed`: names that may stand."""
    return _look(text, frozenset(allowed)) if text.strip() else Look()


@lru_cache(maxsize=4)  # field, model and page ask about the same text in one request
def _look(text: str, allowed: frozenset[str]) -> Look:
    found = check(text, allowed=allowed).findings
    refused = tuple(finding for finding in found if is_refused(finding))
    warned = [finding for finding in found if not is_refused(finding)]
    warned += [finding for finding in _diagnoses(text) if not _covered(finding, found)]
    return Look(refused, tuple(sorted(warned, key=lambda finding: finding.start)))


def is_refused(finding: Finding) -> bool:
    """Whether it may stand in no note, whoever confirms it."""
    sure = finding.type in _REFUSED_WHEN_SURE and finding.level == "block"
    return sure or finding.type in _ALWAYS_REFUSED


def _diagnoses(text: str) -> list[Finding]:
    return [
        Finding(match.start(), match.end(), "health", "warn", match[0])
        for match in _DIAGNOSIS.finditer(text)
        if match[0] not in _NO_DIAGNOSIS
    ]


def _covered(finding: Finding, found: Collection[Finding]) -> bool:
    return any(finding.start < other.end and other.start < finding.end for other in found)


def mark_of(finding: Finding) -> str:
    """What a confirmation holds for: the same kind and the same words. Holds none of the words."""
    words = f"{finding.type}:{finding.text.casefold()}"
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def words_for(text: str, finding: Finding) -> list[str]:
    """What could stand there instead, "" for nothing: `hans læge` stays when the name goes."""
    if finding.type not in _SAID_OTHERWISE:
        return replacements(text, finding)
    said = _SAID_OTHERWISE[finding.type]
    if finding.type != "name":
        return [as_placed(text, finding.start, str(word)) for word in said]
    role = _LAST_WORD.search(text[: finding.start])
    if role and role[1].lower() in _ROLES:
        return ["", as_placed(text, finding.start, str(said[0]))]
    ending = "s" if is_genitive(finding.text) else ""
    return [as_placed(text, finding.start, str(word)) + ending for word in said]
