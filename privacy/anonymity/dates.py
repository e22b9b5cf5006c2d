"""Dates of birth in digits and in words, and full dates that are old enough to be one."""

from __future__ import annotations

import datetime
import re

from .report import Hit

_MONTHS = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug"
    r"(?:ust)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINALS = (
    r"(?:første|anden|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende"
    r"|ellevte|tolvte|trettende|fjortende"
    r"|femtende|sekstende|syttende|attende|nittende|(?:(?:en|to|tre|fire|fem|seks"
    r"|syv|otte|ni)og)?tyvende"
    r"|(?:enog)?tre?dive?te|enogtredivte)"
)
_TENS = r"(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems)"
_ONES = r"(?:en|et|to|tre|fire|fem|seks|syv|otte|ni)"
_YEAR_WORDS = (
    rf"(?:(?:nitten|tyve)\s?-?\s?hundrede?\s?(?:og\s)?(?:{_ONES}\s?og\s?)?"
    rf"(?:{_TENS}|{_ONES}|ti|elleve|tolv|[a-zø]+ten)?"
    rf"|totusind\w*(?:\s(?:og\s)?\w+)?|(?:{_ONES}og)?{_TENS}|nitten\s(?:{_ONES}\s?og\s?)?{_TENS})"
)
_YEAR = r"(?:(?:19|20)\d{2}|'\d{2}|\d{2}(?!\d))"
_DAY = rf"(?:\d{{1,2}}\.?|{_ORDINALS})"
_NUMERIC = r"(?<!\d)\d{1,2}\s?[./\-]\s?\d{1,2}(?:\s?[./\- ]\s?(?:(?:19|20)\d{2}|\d{2}))?(?!\d)"
_ISO = r"(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
_WORDED = (
    rf"(?:(?:d\.|den|dag)\s?)?\b{_DAY}\s?(?:i\s)?{_MONTHS}(?:,?\s?(?:i\s)?"
    rf"(?:{_YEAR}\b|{_YEAR_WORDS}\b))?"
)
_DAY_OF_MONTH = (
    rf"(?:den\s)?\b{_DAY}\s(?:dag\s)?i\s(?:den\s)?(?:\d{{1,2}}\.|{_ORDINALS}"
    rf"|{_MONTHS})(?:\s(?:{_YEAR}|{_YEAR_WORDS}))?"
)
_MONTH_YEAR = rf"\b{_MONTHS}\s(?:i\s)?(?:(?:19|20)\d{{2}}|'\d{{2}}|{_YEAR_WORDS})\b"
_SIX = r"(?<!\d)\d{6}(?!\d)"
_FEAST = (
    r"\b(?:nytårs|jule|påske|sankthans|grundlovs|lillejule|fastelavns|pinse)\w*"
    r"(?:\s(?:i\s)?(?:19|20)\d\d)?\b"
)
_ANY_DATE = rf"(?:{_ISO}|{_DAY_OF_MONTH}|{_WORDED}|{_NUMERIC}|{_MONTH_YEAR}|{_FEAST}|{_SIX})"
_BIRTH_WORD = (
    r"(?:\bfødt\b|\bfødsel\w*|\bfødedag\w*|\bfødedato\w*|\bføds\.?|\bf\.(?=\s?\d"
    r"|\s?d\.)|\bf\.\s?(?=den|d\b)|\bårgang\b"
    rf"|\bfyld(?:er|te|t|e)\s(?:\d{{2}}|år|rundt|(?:{_ONES}og)?{_TENS})\b"
    r"|\b(?:han|hun|jeg|borgeren|manden|kvinden|sønnen|datteren)\sbl(?:ev|iver)\s\d{2}\b"
    r"|\bkom til verden\b|\brunde dag\b|\bdøbt\b"
    r"|\bdob\b|\bfødes\b|\bfødte\b)"
)
_BEFORE = re.compile(
    rf"{_BIRTH_WORD}(?:[^.!?\n]|\b(?:d|\d)\.){{0,45}}?(?P<date>{_ANY_DATE})", re.IGNORECASE
)
_BEFORE_ABBREVIATED = re.compile(
    rf"\b(?:f\.|født|fødselsd\.)\s?(?:d\.|den)?\s?(?P<date>{_ANY_DATE})", re.IGNORECASE
)
_AFTER = re.compile(
    rf"(?P<date>{_ANY_DATE})[^.!?\n]{{0,30}}?(?:\bfødselsdag\w*"
    rf"|\bblev\b[^.!?\n]{{0,25}}\bfødt\b|\bfylde[rt]?\s(?:\d\d|år|rundt)"
    rf"|\bkom\b[^.!?\n]{{0,25}}\btil verden\b)",
    re.IGNORECASE,
)
_YEAR_OF_BIRTH = re.compile(
    rf"(?:\bfødt\b[^.!?\n]{{0,30}}?\bi\s|\b(?:føde|fødsels)år\w*\W{{0,3}}(?:er\s)?"
    r"|\bårgang\s|\bf\.\s?|\bfødt\s)"
    rf"(?P<date>(?:19\d\d|20[0-2]\d|'\d\d)(?!\d)|{_YEAR_WORDS}\b)",
    re.IGNORECASE,
)
_FULL = re.compile(
    rf"{_ISO}|(?<!\d)\d{{1,2}}\s?[./\-]\s?\d{{1,2}}\s?[./\-]\s?(?:19|20)\d{{2}}"
    rf"(?!\d)|\b\d{{1,2}}\.?\s{_MONTHS}\s(?:19|20)\d{{2}}",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\d.,/\-])\d\d[./\-]\d\d[./\-](?P<year>\d\d)(?![\d/\-]|[.,]\d)")
_LAW = re.compile(
    r"(?:\blov|\bbekendtgørelse|\bbek\b|\blbk\b|\bcirkulære|\bvejledning|\bdom\b"
    r"|\bkendelse|\bnr\.?\s?\d+)[^.\n]{0,30}\Z",
    re.IGNORECASE,
)
_RECENT_YEARS = 15


def find(text: str, today: datetime.date) -> list[Hit]:
    """Dates of birth in a normalised text; a full date over 15 years old warns."""
    hits: list[Hit] = []
    for pattern in (_BEFORE, _BEFORE_ABBREVIATED, _AFTER):
        hits += [_birth_hit(m) for m in pattern.finditer(text) if _is_date_like(m["date"])]
    for match in _YEAR_OF_BIRTH.finditer(text):
        if _is_old(match["date"], today):
            hits.append(Hit(*match.span("date"), "birthdate", "warn"))
    for match in _FULL.finditer(text):
        lawful = _LAW.search(text[max(0, match.start() - 50) : match.start()])
        if _is_old(match[0], today) and not lawful:
            hits.append(Hit(*match.span(), "date", "warn"))
    hits += [
        Hit(*m.span(), "date", "warn") for m in _SHORT.finditer(text) if _is_old_short(m, today)
    ]
    return hits


def _is_old_short(match: re.Match[str], today: datetime.date) -> bool:
    """``19.07.92``: over 15 years ago, in this century or the last."""
    year = 2000 + int(match["year"])
    past = year if year <= today.year + 1 else year - 100
    return _is_date_like(match[0]) and past <= today.year - _RECENT_YEARS


def _birth_hit(match: re.Match[str]) -> Hit:
    full = re.search(r"(?:19|20)\d\d", match["date"])
    return Hit(*match.span("date"), "birthdate", "block" if full else "warn")


def _is_date_like(candidate: str) -> bool:
    """Day and month must be possible; words are taken as they are."""
    numeric = re.match(r"(\d{1,2})\s?[./\-]\s?(\d{1,2})", candidate) or re.match(
        r"(\d\d)(\d\d)\d\d\Z", candidate
    )
    if numeric is None:
        return True
    return 1 <= int(numeric[1]) <= 31 and 1 <= int(numeric[2]) <= 12


def _is_old(candidate: str, today: datetime.date) -> bool:
    year = re.search(r"(?:19|20)\d\d", candidate)
    return year is None or int(year[0]) <= today.year - _RECENT_YEARS
