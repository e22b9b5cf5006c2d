"""The placeholders of a template of the journal, and how they are filled. Pure.

A placeholder is written with braces, `{frist}`. Its name is Danish, since it is the municipality's
coordinator who writes it. A line all of whose placeholders are empty is left out, so that a text
never ends in a heading with nothing after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sparring.enums import JournalOccasion

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Placeholder:
    """A placeholder: what stands in it, and the heading it has in the usual text, if any."""

    name: str
    meaning: _StrPromise
    heading: _StrPromise | None = None

    @property
    def written(self) -> str:
        """The placeholder as it stands in a template."""
        return f"{{{self.name}}}"


CODE = Placeholder("sag", gettext_lazy("The code of the case"), gettext_lazy("Case"))
RESPONSIBLE = Placeholder(
    "ansvarlig",
    gettext_lazy("Who is responsible, by function"),
    gettext_lazy("Responsible"),
)
RESPONSIBLE_NAME = Placeholder("ansvarlig_navn", gettext_lazy("Who is responsible, by name"))
BID = Placeholder(
    "bud", gettext_lazy("The new belief, as a number of 10"), gettext_lazy("New belief")
)
BECAUSE = Placeholder("begrundelse", gettext_lazy("Why the belief is so"), gettext_lazy("Because"))
ACTION = Placeholder("handling", gettext_lazy("What was agreed"), gettext_lazy("Agreed action"))
DEADLINE = Placeholder(
    "frist", gettext_lazy("The day by which it is done"), gettext_lazy("Done by")
)
TOLD = Placeholder(
    "borgeren_får_at_vide",
    gettext_lazy("What the citizen is told"),
    gettext_lazy("The citizen is told"),
)

PLACEHOLDERS: Mapping[str, tuple[Placeholder, ...]] = {
    JournalOccasion.SESSION: (
        Placeholder("dato", gettext_lazy("The day of the sparring"), gettext_lazy("Sparring held")),
        CODE,
        Placeholder("spørgsmål", gettext_lazy("The key question"), gettext_lazy("Key question")),
        Placeholder(
            "talt_om", gettext_lazy("The themes of the cards"), gettext_lazy("Talked about")
        ),
        Placeholder("noter", gettext_lazy("The notes of the session"), gettext_lazy("Notes")),
        BID,
        Placeholder("retning", gettext_lazy("Whether the belief went up, down or stayed")),
        BECAUSE,
        ACTION,
        Placeholder("slags", gettext_lazy("What kind of action it is")),
        RESPONSIBLE,
        RESPONSIBLE_NAME,
        Placeholder("første_skridt", gettext_lazy("The first step"), gettext_lazy("First step")),
        DEADLINE,
        TOLD,
        Placeholder("siges_den", gettext_lazy("When it is said"), gettext_lazy("It is said on")),
        Placeholder(
            "opfølgning", gettext_lazy("The day of the follow-up"), gettext_lazy("Follow-up")
        ),
    ),
    JournalOccasion.FOLLOW_UP: (
        Placeholder("dato", gettext_lazy("The day of the follow-up"), gettext_lazy("Followed up")),
        CODE,
        ACTION,
        RESPONSIBLE,
        RESPONSIBLE_NAME,
        DEADLINE,
        Placeholder("gjort", gettext_lazy("Whether it was done"), gettext_lazy("Was it done")),
        Placeholder("hvad_skete", gettext_lazy("What happened"), gettext_lazy("What happened")),
        Placeholder(
            "borgeren_sagde",
            gettext_lazy("What the citizen said to it"),
            gettext_lazy("The citizen said"),
        ),
        BID,
        BECAUSE,
        Placeholder("næste_skridt", gettext_lazy("What happens next"), gettext_lazy("Next")),
    ),
    JournalOccasion.BELIEF: (
        Placeholder(
            "dato", gettext_lazy("The day of the belief"), gettext_lazy("Belief registered")
        ),
        CODE,
        Placeholder("hvis_tro", gettext_lazy("Whose belief it is"), gettext_lazy("Whose belief")),
        BID,
        BECAUSE,
        Placeholder(
            "bygger_på", gettext_lazy("What the belief is built on"), gettext_lazy("Built on")
        ),
        Placeholder("anledning", gettext_lazy("On what occasion it was registered")),
        Placeholder("kontakt", gettext_lazy("The form of contact")),
        Placeholder("gælder_til", gettext_lazy("The day it expires"), gettext_lazy("Fresh until")),
    ),
}


def usual_template(occasion: str) -> str:
    """The text as it is worded where the municipality has not written its own."""
    return "\n".join(
        f"{placeholder.heading}: {placeholder.written}"
        for placeholder in PLACEHOLDERS[occasion]
        if placeholder.heading
    )


def names_in(template: str) -> list[str]:
    """The names of the placeholders of a template, in their order."""
    return [name.strip() for name in IN_BRACES.findall(template)]


def require_known(occasion: str, template: str) -> None:
    """ValidationError with one sentence for an unknown placeholder, or a brace on its own."""
    known = {placeholder.name: placeholder.written for placeholder in PLACEHOLDERS[occasion]}
    unknown = [name for name in names_in(template) if name not in known]
    if unknown:
        tell = _("There is no placeholder called %(name)s. Choose one of: %(names)s.")
        names = ", ".join(known.values())
        raise ValidationError(tell % {"name": f"{{{unknown[0]}}}", "names": names}, code="unknown")
    if BRACE.search(IN_BRACES.sub("", template)):
        tell = _("A brace stands alone. Write a placeholder as %(name)s, on one line.")
        raise ValidationError(tell % {"name": CODE.written}, code="brace")


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with what is known in its placeholders. KeyError for one that `values` lacks.

    Lines all of whose placeholders are empty are left out; what is filled in is never read as a
    template again.
    """
    return "\n".join(
        IN_BRACES.sub(lambda found: values[found[1].strip()], line)
        for line in template.replace("\r\n", "\n").split("\n")
        if _says_something(line, values)
    ).strip()


def _says_something(line: str, values: Mapping[str, str]) -> bool:
    names = names_in(line)
    return not names or any(values[name].strip() for name in names)
