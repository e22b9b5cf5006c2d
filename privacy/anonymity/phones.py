"""Phone numbers. A country code or a context word blocks; a bare grouped number warns."""

from __future__ import annotations

import re
from itertools import pairwise

from .digits import DigitGroup, groups, has_unit, is_thousands, is_year, joined, runs, sizes
from .report import Hit, Level

_INTERNATIONAL = re.compile(
    r"(?<![\w+])\(?(?:\+|(?<!\d)00)\(?[1-9]\d{0,3}\)?(?:[ .\-/()]{0,3}\d){6,13}(?!\d)"
)
_CONTEXT_BEFORE = re.compile(
    r"(?:\btlf|\btelef|\bmobil|\bmob\.|\bring|\bsms|\bkald|nummer|\bnr\b|\bkontakt"
    r"|whatsapp|\bsignal"
    r"|\bfastnet|\bopkald|\btræffe|\bfange[st]?\b|\bfang\b|mobilepay|\bfax|\bviber"
    r"|\bskriv til|\bpå\s*$)",
    re.IGNORECASE,
)
_CONTEXT_AFTER = re.compile(
    r"\W{0,3}(?:er (?:hans|hendes|mit|deres) (?:nummer|telefon|mobil)|\(?(?:mobil"
    r"|telefon|tlf|privat"
    r"|arbejde|hjemme|efter kl|ring|sms))",
    re.IGNORECASE,
)
_LETTERS_FOR_DIGITS = re.compile(
    r"\b(?:tlf|telefon\w*|mobil\w*|sms|ring|kald|nummer(?:et)?)\b\W{0,3}(?:til |på |er )?"
    r"([\dOoIlB]{2}(?: ?[\dOoIlB]{2}){3})(?!\w)"
)
_NOT_PHONE = re.compile(
    r"(?:\bcvr|\bse-?nr|\bean|\bisbn|\bissn|\bgln|\bmatrikel|\bdoi|\bp-?nr"
    r"|\bp-nummer|\bfaktura\w*|\bordre\w*"
    r"|\bvaren\w*|\bkr\.?|\bdkk|\beuro?|€|\$|§|\bkonto\w*|\breg\.?|\bsags?\w*"
    r"|\bjournal\w*|\bj\.?nr|\bid)"
    r"[\w.:\-]{0,10}\W{0,3}\Z",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\bkl\.?|klokken|\btelefontid\w*|åbent|åbningstid\w*|mellem"
    r"|tidsrum\w*)\W{0,3}\Z",
    re.I,
)
_TEENS = "ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten"
_TENS = "tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems"
_TWO_DIGITS = (
    rf"(?:{_TEENS}|(?:(?:en|et|to|tre|fire|fem|seks|syv|otte|ni)og)?(?:{_TENS})"
    rf"|nul[ -]?[a-zæøå]{{2,4}})"
)
_SPELLED_PAIRS = re.compile(
    rf"\b{_TWO_DIGITS}(?:[ ,.\-]{{1,3}}{_TWO_DIGITS}){{3}}\b", re.IGNORECASE
)
_ONE_DIGIT = r"(?:nul|en|et|to|tre|fire|fem|seks|syv|otte|ni)"
_SPELLED_DIGITS = re.compile(
    rf"\b{_ONE_DIGIT}(?:[ ,.\-]{{1,3}}{_ONE_DIGIT}){{7}}"
    rf"(?![ ,.\-]{{1,3}}{_ONE_DIGIT})\b",
    re.IGNORECASE,
)
_GROUPINGS = {(2, 2, 2, 2), (4, 4), (2, 3, 3), (3, 2, 3), (3, 3, 2), (2, 6), (2, 2, 4), (4, 2, 2)}
_SHORT = {(6,), (2, 2, 2), (3, 3)}


def find(text: str) -> list[Hit]:
    """Phone numbers in a normalised text."""
    hits = [Hit(*m.span(), "phone", "block") for m in _INTERNATIONAL.finditer(text)]
    hits += [
        Hit(*m.span(), "phone", _spelled_level(text, m)) for m in _SPELLED_PAIRS.finditer(text)
    ]
    hits += [Hit(*m.span(), "phone", "warn") for m in _SPELLED_DIGITS.finditer(text)]
    hits += [
        Hit(*m.span(1), "phone", "block")
        for m in _LETTERS_FOR_DIGITS.finditer(text)
        if sum(character.isdigit() for character in m[1]) in {6, 7}
    ]
    for chain in runs(groups(text)):
        hits += _in_chain(text, chain)
    return hits


def _spelled_level(text: str, match: re.Match[str]) -> Level:
    return "block" if _has_context(text, *match.span()) else "warn"


def _in_chain(text: str, chain: list[DigitGroup]) -> list[Hit]:
    """A whole chain of eight digits, or an eight-digit part of a longer one."""
    if sizes(chain) == (10,) and chain[0].digits.startswith("45"):
        context = _has_context(text, chain[0].start, chain[0].end)
        return [Hit(chain[0].start, chain[0].end, "phone", "block")] if context else []
    if len(joined(chain)) == 8:
        return _judge(text, chain)
    if len(joined(chain)) == 6 and sizes(chain) in _SHORT:
        return _judge_short(text, chain)
    for width in (1, 4, 2):
        for first in range(len(chain) - width + 1):
            part = chain[first : first + width]
            if sizes(part) in {(8,), (2, 2, 2, 2), (4, 4)} and _has_context(
                text, part[0].start, part[-1].end
            ):
                return _judge(text, part)
    return []


def _judge(text: str, chain: list[DigitGroup]) -> list[Hit]:
    start, end = chain[0].start, chain[-1].end
    if has_unit(text, end) or _NOT_PHONE.search(text[max(0, start - 25) : start]):
        return []
    if _is_time_or_date(text, chain) or text[end : end + 1].isalpha():
        return []
    if _has_context(text, start, end):
        return [Hit(start, end, "phone", "block")]
    known_shape = sizes(chain) in _GROUPINGS or sizes(chain) == (8,)
    if known_shape and chain[0].digits[0] in "23456789" and not is_thousands(text, chain):
        return [Hit(start, end, "phone", "warn")]
    return []


def _judge_short(text: str, chain: list[DigitGroup]) -> list[Hit]:
    """Six digits are a Greenlandic or Faroese number only right after the word telephone."""
    start, end = chain[0].start, chain[-1].end
    close = re.search(
        r"(?:\btlf|\btelefon|\bmobil)[\w.]{0,8}\W{0,3}(?:er)?\W{0,2}\Z",
        text[max(0, start - 25) : start],
        re.I,
    )
    return [Hit(start, end, "phone", "warn")] if close and not has_unit(text, end) else []


def _has_context(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start].rsplit("\n", 1)[-1]
    return bool(_CONTEXT_BEFORE.search(before) or _CONTEXT_AFTER.match(text, end))


def _is_time_or_date(text: str, chain: list[DigitGroup]) -> bool:
    shape, digits = sizes(chain), joined(chain)
    if shape == (4, 4):
        return is_year(digits[:4]) and is_year(digits[4:])
    if shape == (2, 2, 4):
        return _is_day(digits[:2], digits[2:4]) and is_year(digits[4:])
    if shape == (4, 2, 2):
        return is_year(digits[:4]) and _is_day(digits[6:], digits[4:6])
    if shape == (8,):
        return is_year(digits[:4]) and _is_day(digits[6:], digits[4:6])
    return shape == (2, 2, 2, 2) and _is_range(text, chain)


def _is_day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _is_range(text: str, chain: list[DigitGroup]) -> bool:
    """``10.30-12.00`` or ``22.10-25.11``: the middle link differs from the outer two."""
    gaps = [text[a.end : b.start].strip() for a, b in pairwise(chain)]
    if gaps[0] != gaps[2] or gaps[0] not in {".", "/"} or gaps[1] not in {"-", ""}:
        return False
    if gaps == ["/", "-", "/"]:
        return True
    numbers = [int(group.digits) for group in chain]
    clock = numbers[0] < 24 and numbers[2] < 24 and numbers[1] < 60 and numbers[3] < 60
    days = all(1 <= n <= 31 for n in numbers[::2]) and all(1 <= n <= 12 for n in numbers[1::2])
    near = _CLOCK.search(text[max(0, chain[0].start - 25) : chain[0].start])
    return days or (clock and (near is not None or gaps[1] == "-"))
