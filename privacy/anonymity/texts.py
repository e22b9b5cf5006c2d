"""Why a mention was marked and what to write in its place, one pair for each type.

Source strings are English, the Danish stands in the catalogue; they are turned into text only
when shown, so the rules run without settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_TEXTS: dict[str, tuple[_StrPromise, _StrPromise, _StrPromise]] = {
    "cpr": (_("CPR number"), _("It looks like a CPR number."), _("Delete the number.")),
    "phone": (_("Phone number"), _("It looks like a phone number."), _("Delete the number.")),
    "email": (_("E-mail address"), _("It looks like an e-mail address."), _("Delete the address.")),
    "profile": (
        _("Personal profile"),
        _("It looks like a profile on a social medium."),
        _("Delete the address of the profile."),
    ),
    "account": (
        _("Account number"),
        _("It looks like an account or card number."),
        _("Delete the number."),
    ),
    "plate": (_("Number plate"), _("It looks like a number plate."), _("Write “the car”.")),
    "case_number": (
        _("Case number"),
        _("It looks like a case or journal number."),
        _("Delete the number."),
    ),
    "birthdate": (
        _("Date of birth"),
        _("A date of birth points to one person."),
        _("Write an age band, for example “in the 40s”."),
    ),
    "date": (
        _("Exact date"),
        _("A full date long ago may be a date of birth."),
        _("Write the season or the year."),
    ),
    "address": (
        _("Address"),
        _("It looks like an address."),
        _("Write the municipality or the region."),
    ),
    "name": (
        _("Name"),
        _("It looks like the name of a person."),
        _("Write for example “a woman in her 40s” or “the mentor”."),
    ),
    "place": (
        _("Place"),
        _("A place smaller than a municipality makes a person easier to recognise."),
        _("Write the municipality or the region."),
    ),
    "organisation": (
        _("Workplace or institution"),
        _("A named workplace or institution makes a person easier to recognise."),
        _("Write the trade or the kind of place, for example “a plant nursery”."),
    ),
    "diagnosis": (
        _("Rare diagnosis"),
        _("A rare diagnosis can point to one person."),
        _("Write what it meant for work, or “a long illness”."),
    ),
    "health": (
        _("Illness"),
        _("It looks like an illness or a diagnosis."),
        _("Write what it means for work instead."),
    ),
    "conviction": (
        _("Conviction"),
        _("A named offence can point to one person."),
        _("Leave it out, or write “an earlier conviction”."),
    ),
    "combination": (
        _("Rare combination"),
        _("Few people fit this description."),
        _("Write it more generally, or leave one of the details out."),
    ),
}
TYPES = tuple(_TEXTS)


def label(kind: str) -> _StrPromise:
    """The type's name for a list; ``KeyError`` for an unknown type."""
    return _TEXTS[kind][0]


def reason(kind: str) -> _StrPromise:
    """Why it was marked; ``KeyError`` for an unknown type."""
    return _TEXTS[kind][1]


def suggestion(kind: str) -> _StrPromise:
    """What to write in its place; ``KeyError`` for an unknown type."""
    return _TEXTS[kind][2]
