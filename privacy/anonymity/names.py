"""Names of people and of small places, word by word.

The best single signal is a capitalised word in mid-sentence whose lower-case form is no Danish
word; name lists, context words, initials and neighbours do the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import lexicon, shape
from .report import Hit, Level
from .tokens import Token, tokenise

_POLITE = lexicon.context("polite")
_PARTICLES = lexicon.context("particles")
_NAMED = lexicon.context("named")
_CALLED = lexicon.context("called")
_SPEECH_VERBS = lexicon.context("speech_verbs")
_NOT_SPEAKING = lexicon.context("not_speaking")
_THINGS = lexicon.context("things")
_WEATHER = lexicon.context("weather")
_PERSON_NOUNS = lexicon.context("person_nouns")
_PERSON_WORDS = lexicon.context("acting_names")
_PERSON_VERBS = lexicon.context("person_verbs")
_PLACE_BEFORE = lexicon.context("place_prepositions")
_PLACE_ENDING = re.compile(
    r"(?:by|rup|trup|drup|lev|løv|bjerg|sted|løse|købing|borg|lund|holm|strup|ager"
    r"|bæk|bro|dal|huse|havn|næs|ved|inge|um|slev"
    r"|toft|tofte|skov|kirke|mark|vad|vig|ø|høj|minde|rød|tved|kær|mose|ballle"
    r"|balle|sø|strand|å|lunde|rum|gårde|bøl|sig)s?\Z"
)
_CAPITAL = "A-ZÆØÅÄÖÜÉŁŠŽČŞİĐ"
_INITIAL_NAME = re.compile(
    rf"(?<![\w.])(?:[{_CAPITAL}]\.[ \-]?){{1,3}}"
    rf"(?P<name>[{_CAPITAL}][^\W\d_]{{2,}}(?:-[{_CAPITAL}][^\W\d_]+)?)"
)
_INITIALS = re.compile(
    rf"(?<![\w.])[{_CAPITAL}]\.[ \-]?[{_CAPITAL}]\.(?:[ \-]?[{_CAPITAL}]\.)?"
    r"(?![^\W\d_])"
)
_INITIALS_NAMED = re.compile(
    r"\b(?i:borger(?:en)?|klient(?:en)?|kandidat(?:en)?|praktikant(?:en)?"
    r"|kursist(?:en)?|ledige|hr\.?|fru|frk\.?|kaldet|kalder (?:ham|hende)"
    r"|initialer(?:ne)?|hedder|navnet|sagen om|vedr\.|vedrørende|mentor"
    r"|samtale med|møde med|kollega(?:en)?|sagsbehandler(?:en)?|rådgiver(?:en)?)"
    rf"(?:,|:| er)?\s(?P<name>[{_CAPITAL}]\.?[{_CAPITAL}]\.?(?:[{_CAPITAL}]\.?)?"
    rf"|[{_CAPITAL}]\.(?=\s[a-zæøå]|,|\s?\Z))(?![\w])"
)
# Letters kept apart, to slip by: ``K a r s t e n``, ``T.h.o.r``.
_APART = re.compile(rf"(?<![\w.])[{_CAPITAL}](?:[ .][a-zæøåäöüé]){{3,}}(?![\w])")
_NICKNAME = re.compile(
    r"\b(?:kaldte|kalder|kalde|kaldt) (?:ham|hende|mig|dem)(?: (?:bare|for|altid|kun))?"
    rf" (?P<name>[{_CAPITAL}][^\W\d_]+)"
    rf"|\b[Kk]ald(?:es|t|et) (?:bare|altid|kun) (?P<called>[{_CAPITAL}][^\W\d_]+)"
    rf"|\b(?:[Hh]an|[Hh]un|[Bb]orgeren) (?:kaldes|hedder|hed|kaldte sig)"
    rf" (?P<named>[{_CAPITAL}][^\W\d_]+)"
)
_NO_INITIALS = lexicon.context("no_initials")
# Names in lower case that are abbreviations or words of other languages seen in Danish text.
_LOWER_WORDS = lexicon.context("no_lower_names")
_COUSINS = str.maketrans("äö", "æø")  # ``Jörgen`` is on the list with its Danish letter
_ENDINGS = frozenset({"en", "et", "er", "erne", "ene", "ens", "ets", "ne"})
_LIKE_NAME = 0.1
_LIKE_NAME_ACTING = -0.15
_TITLE_SURNAME = lexicon.context("titles")


@dataclass(slots=True)
class _Mark:
    """A token judged to be (part of) a name or place."""

    token: Token
    type: str
    level: Level
    strong: bool


def find(text: str, allowed: frozenset[str]) -> list[Hit]:
    """Names and small places in a normalised text; ``allowed`` phrases (lower case) are excused."""
    tokens = tokenise(text, allowed)
    shouting = sum(token.shouted for token in tokens) > max(2, 0.6 * len(tokens))
    marks = [_judge(tokens, index, shouting) for index in range(len(tokens))]
    _mark_towns(text, tokens, marks)
    _mark_neighbours(text, tokens, marks)
    return _merge(text, marks) + _initials(text, tokens) + _written_oddly(text)


def _written_oddly(text: str) -> list[Hit]:
    spans = [m.span() for m in _APART.finditer(text)]
    spans += [m.span(m.lastgroup or 0) for m in _NICKNAME.finditer(text)]
    return [Hit(*span, "name", "warn") for span in spans]


def _judge(tokens: list[Token], index: int, shouting: bool) -> _Mark | None:
    token = tokens[index]
    if token.excused or len(token.text) < 2:
        return None
    if token.shouted:
        return _judge_shouted(token, shouting)
    if token.capital:
        return _judge_capital(tokens, index)
    return _judge_lower(tokens, index)


def _judge_shouted(token: Token, shouting: bool) -> _Mark | None:
    """All capitals: an acronym unless it is a known name of some length."""
    if lexicon.is_allowed(token.text) or not _is_strong(token.lower):
        return None
    listed = len(token.text) >= 4 or (shouting and len(token.text) >= 3)
    return _Mark(token, "name", "warn", True) if listed else None


def _judge_capital(tokens: list[Token], index: int) -> _Mark | None:
    token = tokens[index]
    if token.lower in _POLITE or _is_inflected_abbreviation(token.text):
        return None
    titled = index > 0 and tokens[index - 1].lower in _TITLE_SURNAME
    if lexicon.is_allowed(token.text):
        return _Mark(token, "name", "warn", True) if titled and _listed(token.lower) else None
    if index > 0 and tokens[index - 1].lower in _WEATHER:
        return None
    if _is_first(token.lower):
        return _Mark(token, "name", "block", True)
    if _is_strong(token.lower):
        return _Mark(token, "name", "block" if titled else "warn", True)
    if not token.opening and _is_town(token.lower):
        return _Mark(token, "place", "warn", False)
    if _listed(token.lower):
        return _judge_ambiguous(tokens, index)
    if _is_ordinary(token.lower):
        return None
    return _judge_unknown(tokens, index)


def _judge_ambiguous(tokens: list[Token], index: int) -> _Mark | None:
    """A name that is a word as well: marked where no capital belongs, or where it acts."""
    token = tokens[index]
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if not token.opening:
        return None if _names_a_thing(tokens, index) else _Mark(token, "name", "warn", False)
    acts = follower is not None and (follower.lower in _PERSON_VERBS or _joins(tokens, index + 1))
    named = (acts and token.lower in _PERSON_WORDS) or _speaks(token, follower)
    return _Mark(token, "name", "warn", False) if named else None


def _speaks(token: Token, follower: Token | None) -> bool:
    """Only people do this, so a word that is a first name as well is one: ``Rose fortalte``."""
    if follower is None or token.shouted:
        return False
    spoken_to = follower.lower == "du" and follower.start - token.end == 2  # ``Tove, du …``
    acts = spoken_to or follower.lower in _SPEECH_VERBS
    return acts and token.lower in lexicon.first_names() and token.lower not in _NOT_SPEAKING


def _joins(tokens: list[Token], index: int) -> bool:
    """``Gry og jeg``."""
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return tokens[index].lower == "og" and after in {"jeg", "han", "hun", "vi"}


def _judge_unknown(tokens: list[Token], index: int) -> _Mark | None:
    token = tokens[index]
    if _is_acronym_compound(token.text):
        return None
    if token.opening:
        return _judge_opening(tokens, index)
    placed = tokens[index - 1].lower in _PLACE_BEFORE and _PLACE_ENDING.search(token.lower)
    return _Mark(token, "place" if placed else "name", "warn", False)


def _judge_opening(tokens: list[Token], index: int) -> _Mark | None:
    """An unknown word where any word has a capital: a name if it is built like one."""
    token = tokens[index]
    if _is_town(token.lower):
        return _Mark(token, "place", "warn", False)
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    acts = follower is None or follower.lower in _PERSON_VERBS or follower.capital
    threshold = _LIKE_NAME_ACTING if acts else _LIKE_NAME
    likely = len(token.text) > 2 and shape.name_likeness(token.lower) > threshold
    return _Mark(token, "name", "warn", False) if likely else None


def _is_inflected_abbreviation(text: str) -> bool:
    """``Volvo'er``, ``Cv'et``: a product or a word with a Danish ending after an apostrophe."""
    stem, apostrophe, ending = text.partition("'")
    known = apostrophe and (lexicon.is_allowed(stem) or lexicon.is_word(stem.lower()))
    return bool(known) and ending in _ENDINGS


def _is_acronym_compound(text: str) -> bool:
    """``FVU-dansk``, ``KOL'en``, ``C-kort``: letters or an acronym with a Danish word or ending."""
    head = re.match(r"[A-ZÆØÅ0-9]+['\-]", text)
    return head is not None and text[head.end() :].islower()


def _judge_lower(tokens: list[Token], index: int) -> _Mark | None:
    """A lower-case word that is a name and no Danish word, or is said to be a name."""
    token = tokens[index]
    before = tokens[index - 1].lower if index else ""
    if token.lower in _LOWER_WORDS:
        return None
    if before in _NAMED and (_listed(token.lower) or not _is_ordinary(token.lower)):
        return None if _names_a_thing(tokens, index) else _Mark(token, "name", "warn", True)
    if _acts_in_lower_case(tokens, index):
        return _Mark(token, "name", "warn", True)
    if len(token.text) >= 3 and _is_lower_name(token.lower):
        return _Mark(token, "name", "warn", True)
    return None


def _is_lower_name(lower: str) -> bool:
    """Written exactly so a first name; in the genitive, or a surname, only if no Danish word."""
    exact = lower in lexicon.first_names() and lower not in lexicon.ambiguous()
    return exact or (_is_strong(lower) and not lexicon.is_word(lower))


def _acts_in_lower_case(tokens: list[Token], index: int) -> bool:
    """``min kollega søren mente``: a person word, a first name, a verb."""
    if not 0 < index < len(tokens) - 1:
        return False
    lower, acts = tokens[index].lower, tokens[index + 1].lower in _PERSON_VERBS
    person = tokens[index - 1].lower in _PERSON_NOUNS
    return acts and person and lower in lexicon.first_names() and lower not in _PERSON_VERBS


def _names_a_thing(tokens: list[Token], index: int) -> bool:
    """``Projektet hedder Bro til job``: what is called so is no person."""
    before = tokens[index - 1].lower if index else ""
    subject = tokens[index - 2].lower if index > 1 else ""
    return before in _CALLED and subject in _THINGS


def _mark_towns(text: str, tokens: list[Token], marks: list[_Mark | None]) -> None:
    """Small places of two words: ``Store Darum``."""
    for index in range(1, len(tokens)):
        first, second = tokens[index - 1], tokens[index]
        phrase = text[first.start : second.end].lower()
        excused = first.excused or second.excused
        if not excused and first.capital and second.capital and _is_town(phrase):
            marks[index - 1] = _Mark(first, "place", "warn", False)
            marks[index] = _Mark(second, "place", "warn", False)


def _mark_neighbours(text: str, tokens: list[Token], marks: list[_Mark | None]) -> None:
    """A capitalised word beside a sure name belongs to it: ``Tove Skov``, ``Mia P.``."""
    for index in range(1, len(tokens)):
        before, token = tokens[index - 1], tokens[index]
        if text[before.end : token.start].strip(" ") or token.start - before.end > 2:
            continue
        left, right = marks[index - 1], marks[index]
        if left and left.type == "name" and left.strong and right is None:
            marks[index] = _after_name(token)
        elif (
            right
            and right.type == ("name")
            and left is None
            and before.capital
            and _listed(before.lower)
        ):
            marks[index - 1] = _Mark(before, "name", "warn", False)


def _after_name(token: Token) -> _Mark | None:
    if token.capital and (len(token.text) == 1 or not token.shouted) and token.lower not in _POLITE:
        return _Mark(token, "name", "warn", not lexicon.is_word(token.lower))
    if not token.capital and _listed(token.lower) and not lexicon.is_word(token.lower):
        return _Mark(token, "name", "warn", True)
    return None


def _merge(text: str, marks: list[_Mark | None]) -> list[Hit]:
    """Neighbouring marks of one kind become one finding."""
    runs: list[list[_Mark]] = []
    for mark in filter(None, marks):
        last = runs[-1][-1] if runs else None
        if last and last.type == mark.type and _adjoins(text, last.token.end, mark.token.start):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [_as_hit(run) for run in runs]


def _adjoins(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap in {" ", "  ", "-", ". ", "."} or gap.strip().lower() in _PARTICLES


def _as_hit(run: list[_Mark]) -> Hit:
    """A full name blocks, and so does a sure first name."""
    full = sum(mark.strong for mark in run) >= 2
    level: Level = "block" if full or any(mark.level == "block" for mark in run) else "warn"
    return Hit(run[0].token.start, run[-1].token.end, run[0].type, level)


def _initials(text: str, tokens: list[Token]) -> list[Hit]:
    hits = [Hit(*m.span(), "name", "block") for m in _INITIAL_NAME.finditer(text) if _is_surname(m)]
    hits += [
        Hit(*m.span(), "name", "warn")
        for m in _INITIALS.finditer(text)
        if m[0].replace(" ", "") not in _NO_INITIALS
    ]
    for match in _INITIALS_NAMED.finditer(text):
        if not lexicon.is_allowed(match["name"].replace(".", "")):
            hits.append(Hit(*match.span("name"), "name", "warn"))
    return hits


def _is_surname(match: re.Match[str]) -> bool:
    lower = match["name"].lower()
    if lower in _POLITE:
        return False
    placed = _PLACE_ENDING.search(lower) is not None  # surnames that are made as places are
    return placed or _is_strong(lower) or not _is_ordinary(lower)


def _forms(lower: str) -> list[str]:
    """The word, without its genitive ending, and the parts of a double name."""
    lower = lower.translate(_COUSINS)
    forms = list(lexicon.genitive_forms(lower))
    if "-" in lower:
        forms += [part for form in tuple(forms) for part in form.split("-")[:1]]
    return forms


def _is_first(lower: str) -> bool:
    """A first name that is no Danish word, or two joined by a hyphen that may be words."""
    names = lexicon.first_names()
    parts = lower.translate(_COUSINS).split("-")
    if len(parts) == 2 and parts[0] in names and lexicon.genitive_forms(parts[1])[-1] in names:
        return True
    return any(form in names and form not in lexicon.ambiguous() for form in _forms(lower))


def _is_strong(lower: str) -> bool:
    """A first name or surname that is no Danish word."""
    names = lexicon.first_names(), lexicon.last_names()
    return any(
        (form in names[0] or form in names[1]) and form not in lexicon.ambiguous()
        for form in _forms(lower)
    )


def _listed(lower: str) -> bool:
    """Any listed name, ambiguous ones included."""
    return any(
        form in lexicon.first_names() or form in lexicon.last_names() for form in _forms(lower)
    )


def _is_town(lower: str) -> bool:
    return any(form in lexicon.towns() for form in lexicon.genitive_forms(lower))


def _is_ordinary(lower: str) -> bool:
    return any(lexicon.is_word(form) for form in lexicon.genitive_forms(lower))
