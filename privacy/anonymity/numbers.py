"""Accounts, cards, number plates, and journal and case numbers."""

from __future__ import annotations

import re

from . import lexicon
from .digits import has_unit, is_year
from .report import Hit

_IBAN = re.compile(
    r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ \-]?[A-Za-z0-9]{4}){2,7}"
    r"(?:[ \-]?[A-Za-z0-9]{1,3})?(?![^\W_])"
)
_REGISTERED = re.compile(
    r"(?:\breg(?:istrerings?(?:nummer|nr))?\b\.?[ \-]*(?:nr\b\.?|nummer\w*)?\W{0,3}(?:er)?\W{0,2})"
    r"(\d{4}\W{0,4}(?:(?:og )?\b(?:konto|kt)[\w\-]*\.?[ ]*(?:nr\b\.?"
    r"|nummer\w*)?\W{0,3}(?:er)?\W{0,2})?"
    r"\d(?:[ .\-]?\d){4,11})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:konto(?:en|et|er|nr|nummer\w*)?\b|\bbank\w*|\bgiro\w*|\bfi-?kort\w*|\bkt\.?\s?nr)"
    r"(?:\W{0,3}(?:nr|nummer|er|hedder|har|med|i|hos|danske|bank|nordea|jyske"
    r"|sydbank|lyder|på|til)\b\.?){0,4}"
    r"\W{0,4}(\d(?:[ .\-/]{0,3}\d){5,15})(?!\d)",
    re.IGNORECASE,
)
_BARE_ACCOUNT = re.compile(
    r"(?<![\d\w])(\d{4})[ \-]{1,3}(?:\d{10}|\d{7}|\d{3} \d{3} \d{4}"
    r"|\d{3} \d{2} \d{2}|\d{6} \d{4})(?!\d)"
)
_FOURTEEN = re.compile(r"(?<!\d)\d{14}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}([ \-.]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_PAYMENT_SLIP = re.compile(r"\+?\d{2}<\s?\d{8,16}\s?\+\s?\d{6,8}\b")

_PLATE = re.compile(
    r"(?<![^\W_])([A-HJ-NPR-VX-Z]{2})[ \-.]?(\d{2}[ \-.]?\d{3})(?!\d|[.,]\d)"
    r"(?![^\W_])"
)
_NOT_PLATE = lexicon.context("no_plates")
_PLATE_CONTEXT = re.compile(
    r"(?:\b(?:nummer|indregistrerings|registrerings)plade\w*|\bnrplade\w*"
    r"|\breg\.?\s?nr|\bregistreringsnummer\w*"
    r"|\bindregistrer\w*|\bplade\w*)\W{0,3}(?:(?:er|var|med|nr|nummer|hedder|på"
    r"|bilen)\b\W{0,3}){0,2}"
    r"([A-Za-zÆØÅæøå]{1,4}[ \-.]?"
    r"(?=[A-Za-z]{0,3}\d)[A-Za-z]{0,2}\d[\dA-Za-z]{0,4}(?:[ \-.]?\d{2,4})?)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:\w*bil(?:en)?|\w*vogn(?:en)?|knallert(?:en)?|motorcykel|motorcyklen"
    r"|scooter(?:en)?|trailer(?:en)?|\w*køretøj(?:et)?|parker\w+|kører i)\b"
    r"(?:[^.!?\n]|\bnr\.){0,40}?"
    r"(?<![^\W_])([a-z]{2}[ \-.]?\d{2}[ \-.]?\d{2,3})(?![^\W_]|[.,]\d)",
    re.IGNORECASE,
)
# Somebody's own words, or letters apart, are a plate only where one is spoken of.
_ODD_PLATE = re.compile(
    r"\b\w*plade\w*\s(?:(?:er|var|med|hedder|på bilen|siger)\s)?"
    r"((?:[A-ZÆØÅ]\s){2}(?:\d\s){4}\d|[A-ZÆØÅ]{3,7}\s?\d{1,4})(?![^\W_])"
)
# Two hyphens: nobody writes an amount so.
_LOWER_PLATE = re.compile(r"(?<![\w-])([a-hj-npr-vx-z]{2})-\d{2}-\d{3}(?![\w-])")

_CASE_CONTEXT = re.compile(
    r"(?:\bsags?(?:-?(?:nr|nummer\w*|id))|\bsag\s+nr|\bjournal\s?-?(?:nr|nummer\w*"
    r"|id)?|\bj\.?\s?-?nr|\bjnr|\bjournal\b"
    r"|\bborger-?(?:id|nr|nummer)|\bpatient-?(?:id|nr|nummer\w*)|\bklient-?(?:id"
    r"|nr|nummer\w*)|\bkunde-?(?:nr|nummer\w*)"
    r"|\bmedlems-?(?:nr|nummer\w*)|\bmedarbejder-?(?:nr|nummer\w*)|\bløn-?(?:nr"
    r"|nummer\w*)|\bpas-?(?:nr|nummer\w*)"
    r"|\bkørekort\w*|\bopholdskort\w*|\budlændinge-?(?:id|nr|nummer\w*)|\bperson-?id"
    r"|\bpolice-?(?:nr|nummer\w*)"
    r"|\bskade-?(?:nr|nummer\w*)|\bstudie-?(?:nr|nummer\w*)|\bpolitikreds\w*"
    r"|\breferencenummer\w*|\bref(?:erence)?\.?\s?nr"
    r"|\bjournaliseret\s+(?:som|under))"
    r"\b\.?(?:\s+(?:nr|nummer)\b\.?)?(?:\W{0,3}(?:er|var|hedder|som|under|med)\b)?\W{0,3}"
    r"((?:[A-ZÆØÅa-z]{1,4}[ \-]?)?\d[\dA-Za-z]*(?:[ .\-/_]{1,2}[A-Za-z]?\d[\dA-Za-z]*)*)",
    re.IGNORECASE,
)
_YEAR_SERIAL = re.compile(r"(?<![\w\-/.])((?:19|20)\d{2})[-/](\d{4,9})(?![\w])")
_CASE_SERIAL = re.compile(r"\bsag(?:en)?\s(\d{2}[/-]\d{4,9})(?![\w])", re.IGNORECASE)
_KLE = re.compile(r"(?<!\d)\d{2}\.\d{2}\.\d{2}[- ][A-ZÆØÅ]\d{2}(?:[-/ ]\d{1,6}){0,3}")
_POLICE = re.compile(r"(?<!\d)\d{4}-\d{5}-\d{5}-\d{2}(?!\d)")


def find(text: str) -> list[Hit]:
    """Accounts, plates and case numbers in a normalised text."""
    return _accounts(text) + _plates(text) + _cases(text)


def _accounts(text: str) -> list[Hit]:
    spans = [m.span(1) for m in _REGISTERED.finditer(text)]
    spans += [m.span(1) for m in _ACCOUNT.finditer(text) if not has_unit(text, m.end())]
    spans += [m.span() for m in _IBAN.finditer(text) if _is_iban(m[0])]
    spans += [
        m.span()
        for m in _BARE_ACCOUNT.finditer(text)
        if not is_year(m[1]) and not has_unit(text, m.end())
    ]
    spans += [m.span() for m in _CARD.finditer(text) if _passes_luhn(m[0])]
    spans += [m.span() for m in _PAYMENT_SLIP.finditer(text)]
    hits = [Hit(*span, "account", "block") for span in spans]
    return hits + [Hit(*m.span(), "account", "warn") for m in _FOURTEEN.finditer(text)]


def _is_iban(candidate: str) -> bool:
    plain = re.sub(r"[ \-]", "", candidate).upper()
    digits = sum(character.isdigit() for character in plain)
    return 14 <= len(plain) <= 34 and digits >= 10


def _passes_luhn(candidate: str) -> bool:
    digits = [int(character) for character in candidate if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _plates(text: str) -> list[Hit]:
    spans = [m.span() for m in _PLATE.finditer(text) if _is_plate(text, m)]
    spans += [m.span(1) for m in _PLATE_CONTEXT.finditer(text) if _is_written_plate(m[1])]
    spans += [m.span(1) for m in _VEHICLE.finditer(text) if _is_vehicle_plate(m)]
    spans += [m.span(1) for m in _ODD_PLATE.finditer(text)]
    spans += [m.span() for m in _LOWER_PLATE.finditer(text) if _is_vehicle_plate(m)]
    return [Hit(*span, "plate", "block") for span in spans]


def _is_plate(text: str, match: re.Match[str]) -> bool:
    return match[1] not in _NOT_PLATE and not has_unit(text, match.end())


def _is_written_plate(candidate: str) -> bool:
    """Not ``plader på 2440``: the letters are no common short word."""
    letters = re.match(r"[^\W\d_]*", candidate)
    ordinary = letters is not None and letters[0].lower() in lexicon.context("no_vehicle_plates")
    return not ordinary and any(character.isdigit() for character in candidate)


def _is_vehicle_plate(match: re.Match[str]) -> bool:
    return match[1][:2].lower() not in lexicon.context("no_vehicle_plates")


def _cases(text: str) -> list[Hit]:
    hits = [
        Hit(*m.span(1), "case_number", "block")
        for m in _CASE_CONTEXT.finditer(text)
        if sum(character.isdigit() for character in m[1]) >= 3 and not has_unit(text, m.end(1))
    ]
    hits += [Hit(*m.span(1), "case_number", "block") for m in _CASE_SERIAL.finditer(text)]
    hits += [Hit(*m.span(), "case_number", "block") for m in _KLE.finditer(text)]
    hits += [Hit(*m.span(), "case_number", "block") for m in _POLICE.finditer(text)]
    return hits + [
        Hit(*m.span(), "case_number", "warn")
        for m in _YEAR_SERIAL.finditer(text)
        if not is_year(m[2])
    ]
