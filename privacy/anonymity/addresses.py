"""Street addresses, farms, c/o lines and postcodes with a town."""

from __future__ import annotations

import re

from . import lexicon
from .report import Hit, Level

# Endings that make a word a street even in lower case and without a number.
_SURE = (
    r"(?:vej|vejen|gade|gaden|gaard|stræde|strædet|allé|alleen|alléen|alle|vænge"
    r"|vænget|boulevard|boulevarden|torv|torvet)"
)
# Endings that make one only together with a number.
_LIKELY = (
    r"(?:plads|pladsen|have|haven|haver|haverne|park|parken|sti|stien|bakke|bakken"
    r"|bakker|toft|toften|tofte|tofterne|høj|højen|krog|krogen"
    r"|lund|lunden|mark|marken|gang|gangen|gyde|gyden|brink|brinken|skrænt"
    r"|skrænten|eng|engen|ager|ageren|dal|dalen"
    r"|gård|gården|kaj|kajen|strand|stranden|vang|vangen|brygge|bryggen|havn"
    r"|havnen|bro|broen|kvarter|ås|åsen|holm|holmen"
    r"|lod|lodden|led|leddet|hegn|hegnet|kilde|kilden|sø|søen|bred|bredden|ring"
    r"|ringen|kær|kæret|løkke|løkken|huse|husene"
    r"|hede|heden|hald|klint|klinten|skov|skoven|parkvej|center|centeret|centret"
    r"|passage|passagen|plan|slette|sletten|bæk"
    r"|bækken|mose|mosen|næs|næsset|bo|port|porten|mølle|møllen|by|ager|lyng"
    r"|lyngen|kløft|kløften|dam|dammen|vold|volden|esplanade|esplanaden|promenade"
    r"|promenaden|tværvej|rundel|hus|huset|hjørnet|minde|bjerg|bjerget|banke"
    r"|banken|tværgade)"
)
_NUMBER = (
    r"\d{1,3}(?!\d|[.,]\d|\s?(?:%|kr|procent|pct|år|timer|uger|dage|minutter"
    r"|personer|borgere|sager|km\b|m2|gange))(?:\s?[A-Za-z](?![\w]))?"
    r"(?:\s?[-–]\s?\d{1,3}[A-Za-z]?(?!\w))?"
)
_FLOOR = (
    r"(?:,?\s?(?:\d{1,2}\.?\s?(?:sal\b\.?|th\b\.?|tv\b\.?|mf\b\.?|dør\b\.?)"
    r"|\d{1,2}\.|st\b\.?|stuen|kld?\b\.?|kælderen|kl\.)"
    r"(?:[,.]?\s?(?:\d{1,2}\.?\s?)?(?:sal\b\.?)?,?\s?(?:th|tv|mf|til venstre"
    r"|til højre|midtfor|dør\s?\d{1,3}|lejl\.?\s?\d{1,3}|\d{1,3}(?!\d))\b\.?)?)"
)
_TOWN = r"[A-ZÆØÅa-zæøå][\w.\-]+(?:\s(?:[A-ZÆØÅ][\w.\-]*|[cknsøv]\b))*"
_POST = rf"(?:,?\s{{1,2}}(?:DK-?)?\d{{4}}\s{_TOWN})"
_TAIL = rf"(?:{_FLOOR})?(?:{_POST})?"
_START = r"(?<![\w.'\-])"
_LEAD = _START + r"(?:[A-ZÆØÅ][\w.'\-]{0,25}\s){0,3}"
_STREET_CAPITAL = re.compile(
    rf"{_LEAD}[A-ZÆØÅ][\w'\-]{{0,40}}?(?i:{_SURE}|{_LIKELY})\s{_NUMBER}{_TAIL}"
)
_STREET_LOWER = re.compile(
    rf"(?<![\w\-])[a-zæøå][\w'\-]{{0,40}}?{_SURE}\s(?:nr\.?\s)?{_NUMBER}{_TAIL}"
)
_LIKELY_LOWER = re.compile(
    rf"(?<![\w\-])(?P<name>[a-zæøå][\w'\-]{{2,40}}?{_LIKELY})\s{_NUMBER}{_FLOOR}"
    rf"(?:{_POST})?"
)
_GLUED = re.compile(rf"{_START}[A-ZÆØÅ]\w{{2,40}}?(?i:{_SURE}|{_LIKELY})\d{{1,3}}[A-Za-z]?(?!\w)")
_SPLIT_STREET = re.compile(
    rf"{_LEAD}[A-ZÆØÅ][\w'.\-]{{0,40}}\s(?i:{_SURE}|Plads|Park|Have|Strandvej"
    r"|Kongevej|Landevej|Bakke|Høj|Ager|Sti|Kaj|Hovedgade|Allé|Centret"
    rf"|Center)\s{_NUMBER}{_TAIL}"
)
_PREPOSITION = re.compile(
    r"\b(?:Ved|Bag|Under|Over|På|Mellem|Langs|Nedenfor|Ovenfor|Foran|Neden|Oven"
    rf"|Til)\s(?:[a-zæøå]+\s)?[A-ZÆØÅ][\wæøåé'\-]+\s{_NUMBER}{_TAIL}"
)
_UNNUMBERED = re.compile(
    r"(?<![\w\-])(?P<name>[A-ZÆØÅ][\w'\-]{2,40}?(?:vej|gade|stræde|allé|vænget"
    r"|vænge|boulevard|torv|gyden|gyde))(?:en|n)?(?:s)?(?![\w\-])"
)
_ANY_NAMED = re.compile(
    rf"(?<![\w\-])(?P<name>[A-ZÆØÅ][\w'\-]{{3,40}})\s{_NUMBER}{_FLOOR}(?:{_POST})?"
)
_LIVES = re.compile(
    r"\b(?:bor|boede|bopæl|adresse(?:n)?|flytte(?:r|de|t)?|bosat|lejlighed(?:en)?"
    rf"|hjemme|værelse|hus(?:et)?)\b[^.!?\n]{{0,25}}?\b(?:på|i|til|er|ved"
    rf"|:)\s(?P<name>[\wæøåé'\-]{{3,}}(?:\s[\wæøåé'\-]{{3,}})?\s{_NUMBER}{_TAIL})",
    re.IGNORECASE,
)
_CARE_OF = re.compile(
    r"\bc/[oO]\.?:?\s(?P<name>[A-ZÆØÅa-zæøå][\wæøåé.\-]+"
    rf"(?:\s[A-ZÆØÅ][\wæøåé.\-]+){{0,3}})(?:,?\s{_STREET_CAPITAL.pattern})?"
)
_POSTCODE = re.compile(
    r"(?<![\w.,\-/])(?:DK-?)?(?P<code>[0-9]\d{3})\s"
    r"(?P<town>[A-ZÆØÅa-zæøå][\wæøå\-]+(?:\s[A-ZÆØÅ][\wæøå\-]+)?"
    r"(?:\s[CKNSØVcknsøv](?![\w]))?)"
)
_BOX = re.compile(
    r"\b(?:post)?boks\s(?:nr\.?\s)?\d{1,5}\b(?:,?\s\d{4}\s[A-ZÆØÅ]\w+)?", re.IGNORECASE
)
_FLOOR_ONLY = re.compile(r"\b\d{1,2}\.?\s(?:sal,?\s?)?(?:th|tv|mf)\b\.?", re.IGNORECASE)
_ORDINARY = lexicon.context("no_streets")
_NO_STREET = lexicon.context("counted_nouns")


_SURE_END = re.compile(rf"{_SURE}\Z")
_STREET_LEADS = lexicon.context("street_leads")


def find(text: str) -> list[Hit]:
    """Addresses in a normalised text; a house number blocks, a bare street name warns."""
    hits: list[Hit] = []
    for pattern in (_STREET_CAPITAL, _STREET_LOWER, _SPLIT_STREET, _PREPOSITION):
        hits += [
            Hit(*_trimmed(m), "address", "block") for m in pattern.finditer(text) if _is_street(m)
        ]
    for match in _LIVES.finditer(text):
        if _is_lived_in(match["name"]):
            hits.append(Hit(*match.span("name"), "address", "warn"))
    for pattern in (_LIKELY_LOWER, _ANY_NAMED):
        hits += [
            Hit(*m.span(), "address", "block")
            for m in pattern.finditer(text)
            if _is_lived_in(m["name"])
        ]
    hits += [Hit(*m.span(), "address", "warn") for m in _GLUED.finditer(text)]
    hits += [Hit(*m.span(), "address", "block") for m in _CARE_OF.finditer(text)]
    hits += [
        Hit(*m.span(), "address", _level(m)) for m in _POSTCODE.finditer(text) if _is_post(text, m)
    ]
    hits += [Hit(*m.span(), "address", "warn") for m in _BOX.finditer(text)]
    hits += [Hit(*m.span(), "address", "warn") for m in _FLOOR_ONLY.finditer(text)]
    return hits + [
        Hit(*m.span(), "address", "warn") for m in _UNNUMBERED.finditer(text) if _is_named(text, m)
    ]


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Without ordinary capitalised words before the street: ``Han bor`` is no part of it."""
    start = match.start()
    words = match[0].split(" ")
    while (
        len(words) > 2
        and words[0][:1].isupper()
        and lexicon.is_word(words[0].lower())
        and _is_opening(words)
    ):
        start += len(words[0]) + 1
        words = words[1:]
    return start, match.end()


def _is_opening(words: list[str]) -> bool:
    return words[0].lower() in {
        "i",
        "på",
        "og",
        "men",
        "så",
        "fra",
        "til",
        "adressen",
        "bopæl",
        "adresse",
        "hun",
        "han",
        "de",
    }


def _is_street(match: re.Match[str]) -> bool:
    """Not a common noun with a count after it, as in ``Arbejdsplads 3`` or ``omvej 2``."""
    written = re.split(r"\s\d", match[0], maxsplit=1)[0].split(" ")
    words = [word.lower() for word in written]
    lower = words[-1]
    if len(words) == 1 and written[0][0].isupper() and not _opens(match.string, match.start()):
        return lower not in _NO_STREET  # ``i Tværgade 1``: the capital says that it is a name
    led = (len(words) > 1 and not lexicon.is_word(words[-2])) or bool(
        _STREET_LEADS.intersection(words[:-1])
    )
    if lower in _NO_STREET or (lower in _ORDINARY and not led):
        return False
    return led or _SURE_END.search(lower) is not None or not _is_counted(lower)


def _is_counted(lower: str) -> bool:
    """A compound whose first part is working life and not nature: ``praktikpladsen 2``."""
    return lexicon.is_word(lower) and lower.startswith(_WORKING_LIFE)


_WORKING_LIFE = tuple(lexicon.context("working_life"))


def _is_lived_in(candidate: str) -> bool:
    words = re.split(r"\s\d", candidate, maxsplit=1)[0].lower().split(" ")
    return not any(word in _NO_STREET for word in words) and not all(map(_is_plain, words))


def _is_plain(word: str) -> bool:
    street = re.search(rf"(?:{_SURE}|{_LIKELY})\Z", word)
    return lexicon.is_word(word) and (
        street is None or word in _ORDINARY or word.startswith(_WORKING_LIFE)
    )


def _is_post(text: str, match: re.Match[str]) -> bool:
    """A town that is known, and not a year before a municipality's name."""
    town = match["town"].lower()
    first = re.split(r"[ ]", town)[0]
    spellings = {town, first, re.sub(r" [cknsøv]\Z", "", town)}
    known = any(name in lexicon.towns() or name in lexicon.municipalities() for name in spellings)
    code = int(match["code"])
    if 1900 <= code <= 2099:
        near = text[max(0, match.start() - 3) : match.start()]
        return first in {"københavn", "frederiksberg"} and not near.lower().endswith(("i ", "år "))
    if not 800 <= code <= 9990:
        return False
    if match["town"][0].isupper():
        return known or not (
            lexicon.is_word(first) or lexicon.is_allowed(match["town"].split(" ")[0])
        )
    return known and not lexicon.is_word(first)


def _level(match: re.Match[str]) -> Level:
    return "block" if match["town"][0].isupper() else "warn"


def _is_named(text: str, match: re.Match[str]) -> bool:
    """A street without a number: mid-sentence, or no ordinary word."""
    lower = match["name"].lower()
    if lower in _ORDINARY or lower in lexicon.municipalities():
        return False
    return not _opens(text, match.start()) or not lexicon.is_word(lower)


def _opens(text: str, start: int) -> bool:
    """Whether a word there begins a sentence, where every word has a capital."""
    before = text[:start].rstrip(" ")
    return not before or before[-1] in '.!?:\n"”»-'
