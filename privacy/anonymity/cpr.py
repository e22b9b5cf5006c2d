"""CPR numbers: six date digits and four more in any grouping.

Modulus 11 is never asked for (numbers given since 2007 may fail it), and replacement numbers
with day + 60 count. Used on every free-text field, so it leaves early on text without digits.
"""

from __future__ import annotations

import re

from .digits import DigitGroup, groups, has_unit, is_thousands, is_year, joined, sizes
from .normalise import normalise

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBERS = frozenset("0123456789")
# Shapes that are read even when more digits follow with a space between.
_USUAL = {(6, 4), (10,), (2, 2, 2, 4), (6, 2, 2), (4, 2, 4)}
_LONG_YEAR = {(2, 2, 4, 4), (8, 4), (12,)}
_MASKED = re.compile(r"(?<!\d)(\d{2})[ .\-/]?(\d{2})[ .\-/]?\d{2}[ \-/]{0,3}[xX*•?_#]{4}(?!\w)")
_LAST_FOUR = re.compile(
    r"(?:(?:sidste|seneste)\s+(?:fire|4)|\bløbenummer\w*|\bkontrolcifre\w*)(?:\s+(?:cifre|ciffer|tal)\w*)?(?:\s+i\s+cpr\S{0,10})?"
    r"\W{0,3}(?:er|var|:)?\W{0,3}(\d[ ]?\d[ ]?\d[ ]?\d)(?!\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\bcpr|\bpersonn(?:umme)?r|\bperson-?nr)[\w.\-]{0,8}\W{0,4}(?:er|var)?\W{0,3}"
    r"((\d\d)[ .\-/]?(\d\d)[ .\-/]?\d\d(?!\d))",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:\bp-?(?:nr|nummer|enhed)|\bproduktionsenhed\w*|\bisbn|\bean|\bgln|\bordre\w*|\bfaktura\w*"
    r"|\bvaren\w*)[\w.: ]{0,12}\Z",
    re.IGNORECASE,
)
_DIGIT_WORD = r"(?:nul|en|et|to|tre|fire|fem|seks|syv|otte|ni)"
_SPELLED = re.compile(rf"\b{_DIGIT_WORD}(?:[ ,.\-/]{{1,3}}{_DIGIT_WORD}){{9}}\b", re.IGNORECASE)


def contains_cpr(text: str) -> bool:
    """Whether any CPR number stands in the text. Never raises."""
    return bool(find_cpr(text))


def find_cpr(text: str) -> list[tuple[int, int]]:
    """Half-open spans of CPR numbers, in characters of ``text`` as given. Never raises."""
    if text.isascii() and _NUMBERS.isdisjoint(text):
        return []
    normalised = normalise(text)
    return [normalised.original_span(*span) for span in cpr_spans(normalised.text)]


def cpr_spans(text: str) -> list[tuple[int, int]]:
    """The same in an already normalised text."""
    all_groups = groups(text)
    spans = [match.span() for match in _SPELLED.finditer(text)]
    if sum(len(group.digits) for group in all_groups) >= 4:
        spans += _masked(text)
        spans += _grouped(text, all_groups)
    return _united(spans)


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, overlapping ones as one."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def is_date(day: str, month: str) -> bool:
    """Whether a CPR number may begin so, replacement numbers (day + 60) included."""
    number = int(day)
    number = number - 60 if number > 60 else number
    return 1 <= int(month) <= 12 and 1 <= number <= _DAYS[int(month) - 1]


def _masked(text: str) -> list[tuple[int, int]]:
    spans = [m.span() for m in _MASKED.finditer(text) if is_date(m[1], m[2])]
    spans += [m.span(1) for m in _LAST_FOUR.finditer(text)]
    return spans + [m.span(1) for m in _NAMED.finditer(text) if is_date(m[2], m[3])]


def _grouped(text: str, all_groups: list[DigitGroup]) -> list[tuple[int, int]]:
    spans = []
    next_index = 0
    for index in range(len(all_groups)):
        if index < next_index:
            continue
        length = _length_at(text, all_groups, index)
        if length:
            next_index = index + length
            spans.append((all_groups[index].start, all_groups[next_index - 1].end))
    return spans


def _length_at(text: str, all_groups: list[DigitGroup], first: int) -> int:
    """How many groups from ``first`` form one CPR number; 0 if none."""
    digits = ""
    for last in range(first, min(first + 10, len(all_groups))):
        digits += all_groups[last].digits
        if len(digits) in {10, 12}:
            chain = all_groups[first : last + 1]
            if _is_cpr(text, chain, all_groups, first):
                return len(chain)
        group = all_groups[last]
        if len(digits) >= 12 or not (group.linked or (group.widely_linked and len(digits) == 6)):
            return 0
    return 0


def _is_cpr(text: str, chain: list[DigitGroup], all_groups: list[DigitGroup], first: int) -> bool:
    digits, shape = joined(chain), sizes(chain)
    if not is_date(digits[:2], digits[2:4]):
        return False
    if len(digits) == 12:
        return shape in _LONG_YEAR and is_year(digits[4:8]) and not is_year(digits[8:])
    alone = not chain[-1].linked and not (first and all_groups[first - 1].linked)
    if shape not in _USUAL and not alone:
        return False
    return not _is_something_else(text, chain, shape)


def _is_something_else(text: str, chain: list[DigitGroup], shape: tuple[int, ...]) -> bool:
    dated = shape[:3] == (2, 2, 4) and is_year(chain[2].digits)
    amount = has_unit(text, chain[-1].end) and (shape == (10,) or is_thousands(text, chain))
    before = text[max(0, chain[0].start - 30) : chain[0].start]
    return dated or amount or _is_named_otherwise(before, joined(chain))


def _is_named_otherwise(before: str, digits: str) -> bool:
    """``P-nr. 1003388394``; a unit's number begins with 10, so ``pnr. 31…`` is none."""
    named = _OTHER_NUMBER.search(before)
    return named is not None and (digits.startswith("10") or not named[0].lower().startswith("p"))
