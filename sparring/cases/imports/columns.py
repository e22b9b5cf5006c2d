"""The columns of a caseload file and the words its cells may hold. The format is Danish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from sparring.enums import ActionKind, ContactForm

from .report import ImportRefused

CODE, UNIT, EMPLOYEE, GROUP, STARTED = "sagskode", "enhed", "medarbejder", "målgruppe", "startet"
CONTACT = "kontaktform"
CASEWORKER_BELIEF = ("tro_medarbejder", "tro_medarbejder_begrundelse", "tro_medarbejder_dato")
CITIZEN_BELIEF = ("tro_borger", "tro_borger_begrundelse", "tro_borger_dato")
ACTION, ACTION_STARTED = "sidste_handling", "sidste_handling_start"
STRENGTHS = "styrker"

REQUIRED = (CODE, UNIT, EMPLOYEE, GROUP, STARTED)
COLUMNS = (
    *REQUIRED,
    CONTACT,
    *CASEWORKER_BELIEF,
    *CITIZEN_BELIEF,
    ACTION,
    ACTION_STARTED,
    STRENGTHS,
)
FREE_TEXT = frozenset({CASEWORKER_BELIEF[1], CITIZEN_BELIEF[1], STRENGTHS})
# Cells that are looked up in a list of ours, so a name in them finds nothing and is no leak.
LOOKED_UP = frozenset({UNIT, EMPLOYEE, GROUP, CONTACT, ACTION})

CONTACT_FORMS: Mapping[str, str] = {
    "fysisk": ContactForm.IN_PERSON,
    "telefon": ContactForm.PHONE,
    "video": ContactForm.VIDEO,
    "gåtur": ContactForm.WALK,
    "virksomhed": ContactForm.WALK,
    "gåtur/virksomhed": ContactForm.WALK,
    "ingen": ContactForm.NONE,
    **{value: value for value in ContactForm.values},
}
ACTION_KINDS: Mapping[str, str] = {
    "virksomhedspraktik": ActionKind.PLACEMENT,
    "praktik": ActionKind.PLACEMENT,
    "lønnede timer": ActionKind.PAID_HOURS,
    "småjob": ActionKind.PAID_HOURS,
    "løntilskud": ActionKind.WAGE_SUBSIDY,
    "virksomhedsbesøg": ActionKind.COMPANY_VISIT,
    "prøvedag": ActionKind.TRIAL_DAY,
    "mentor på arbejdspladsen": ActionKind.WORKPLACE_MENTOR,
    "mentor": ActionKind.WORKPLACE_MENTOR,
    "kursus": ActionKind.COURSE,
    "sundheds- eller socialindsats": ActionKind.HEALTH,
    "sundhed": ActionKind.HEALTH,
    "rådgivning": ActionKind.COUNSELLING,
    "jobsamtale": ActionKind.CONVERSATION,
    "styrkesamtale": ActionKind.STRENGTH_TALK,
    "gå- eller telefonsamtale": ActionKind.WALK_TALK,
    "gåtur": ActionKind.WALK_TALK,
    "telefonsamtale": ActionKind.WALK_TALK,
    "møde med læge": ActionKind.DOCTOR_MEETING,
    "frivilligt arbejde": ActionKind.VOLUNTEERING,
    "andet": ActionKind.OTHER,
    **{value: value for value in ActionKind.values},
}


def danish_words(words: Mapping[str, str]) -> str:
    """The words a cell may hold, as a message lists them: without the codes of the database."""
    return ", ".join(word for word, code in words.items() if word != code)


def fold(text: str) -> str:
    """A word in the one form that words are compared in."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_headings(headings: Sequence[str]) -> list[str]:
    """The canonical name of each column, "" for one we do not know."""
    names = [re.sub(r"[\s-]+", "_", fold(text)) for text in headings]
    return [name if name in COLUMNS else "" for name in names]


def require_headings(names: Sequence[str]) -> None:
    """Raise ImportRefused when a required column is missing or one stands there twice."""
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        tell = _("The file has no column named %s. The first line must be the headings.")
        raise ImportRefused(tell % ", ".join(missing))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ImportRefused(_("The column %s stands there twice.") % ", ".join(twice))
