"""What could stand in the place of a finding, ready to be put there with one click.

Only where the rest of the sentence still reads: a number or an address is taken out, a name becomes
a person without one. What needs another sentence has no replacement, and keeps its suggestion.
Lazily translated, so that the rules run without settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import lexicon

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from .report import Finding

_NOTHING = ("",)
_WORDS: dict[str, tuple[_StrPromise | str, ...]] = {
    "cpr": _NOTHING,
    "phone": _NOTHING,
    "email": _NOTHING,
    "profile": _NOTHING,
    "account": _NOTHING,
    "case_number": _NOTHING,
    "name": (
        pgettext_lazy("in place of a name", "the citizen"),
        pgettext_lazy("in place of a name", "a woman"),
        pgettext_lazy("in place of a name", "a man"),
        pgettext_lazy("in place of a name", "a colleague"),
    ),
    "plate": (_("the car"),),
    "place": (_("another town"), _("the municipality")),
    "address": (_("an address in the municipality"),),
    "organisation": (_("a company"), _("an institution")),
    "diagnosis": (_("a long illness"),),
    "conviction": (_("an earlier conviction"),),
}
_GENDERED = slice(1, 3)
_ENDS = ".!?:»\n"


def replacements(text: str, finding: Finding, *, age: str = "") -> list[str]:
    """What could stand there instead, "" for nothing at all; none where no word is safe.

    `age` is added to a woman or a man: "a woman in her forties".
    """
    words = [str(word) for word in _WORDS.get(finding.type, ())]
    if finding.type == "name":
        ending = "s" if is_genitive(finding.text) else ""
        aged = [f"{word} {age}" for word in words[_GENDERED]] if age and not ending else []
        words = [*words[:1], *(aged or words[_GENDERED]), *words[3:]]
        words = [word + ending for word in words]
    return [as_placed(text, finding.start, word) for word in words]


def is_genitive(name: str) -> bool:
    """`Mettes` is Mette's, `Jens` and `Andreas` are names of their own."""
    last = name.rsplit(maxsplit=1)[-1].lower() if name.split() else ""
    known = lexicon.first_names() | lexicon.last_names()
    return last.endswith("s") and last not in known


def as_placed(text: str, start: int, word: str) -> str:
    """With a capital where a sentence begins."""
    before = text[:start].rstrip(" \"'»«(")
    opens = not before or before[-1] in _ENDS
    return word[:1].upper() + word[1:] if opens else word


def put(text: str, finding: Finding, word: str) -> str:
    """The text with `word` in the finding's place, and without the space that would be double."""
    before, after = text[: finding.start], text[finding.end :]
    if not word and before.endswith(" ") and after[:1] in {" ", ".", ",", ""}:
        before = before[:-1]
    return f"{before}{word}{after}"
