"""How a word that is a first name too is used where a sentence begins: what only a word can do.

No person stands before a verb that has its subject after it ("Sten samler han på"), costs or is
washed, or is asked whether ("Ender det"). ``data/openings.txt`` says which word is used how.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from . import lexicon
from .clauses import is_bare, is_definite, is_finite, is_person, is_thing
from .predicates import ARTICLES, COPULAS, SUBJECTS, is_adjective, is_like_a_season, is_no_person
from .tokens import Token, words_after

_OBJECTS = lexicon.context("object_pronouns")
_FRONTING = lexicon.context("modals") | {"gør", "gjorde"}
_HANDLING = lexicon.context("handling_verbs")
_MEETING = lexicon.context("met_persons")
_PERSON_VERBS = (lexicon.context("speech_verbs") | lexicon.context("person_verbs")) - COPULAS
_THING_VERBS = lexicon.context("thing_verbs")
_PREPOSITIONS = lexicon.context("place_prepositions") | lexicon.context("prepositions")
_NO_PLACES = tuple(
    lexicon.context("activities") | lexicon.context("time_nouns") | lexicon.context("months")
)
_PEOPLES_PLACES = tuple(lexicon.context("peoples_places"))
_QUANTITIES = frozenset({"nok", "meget", "masser", "ingen", "lidt", "rigeligt", "sjældent"})
_AFTER_VERB = SUBJECTS | {"det", "der", "dette", "disse", "alt", "alle", "noget"}
_MONTHLY = lexicon.context("monthly")
_DIRECTIONS = frozenset({"op", "ned", "ind", "ud", "ved"})
_LONGEST_SUBJECT = 6  # words between the opening word and its verb
_LONGEST_CLAUSE = 14

Use = Callable[[list[Token], int], bool]


def as_noun(tokens: list[Token], index: int) -> bool:
    """``Trang til at``, ``Lykke for hende er``, ``Silke er dyrt``, ``Perle på snor laver hun``."""
    after = words_after(tokens, index, 2)
    if after[:1] == ["nummer"] or _has_bare_place(tokens, index):
        return True
    if len(after) == 2 and (
        (after[0] in _PREPOSITIONS and after[1] == "at")
        or (after[0] == "for" and after[1] in _OBJECTS)
    ):
        return True
    verb = _verb(tokens, index)
    return verb is not None and (
        _has_impersonal_verb(tokens, verb)
        or _is_object(tokens, index, verb)
        or (tokens[verb].lower in COPULAS and is_no_person(tokens, verb))
    )


def as_time(tokens: list[Token], index: int) -> bool:
    """``August er fuld af ferie``, ``Maj bød på``, ``Juni sidste år``."""
    after = words_after(tokens, index, 3)
    if after[:2] in (["bød", "på"], ["byder", "på"]) or after[:1] in (["bragte"], ["bringer"]):
        return True
    if after in (["går", "med", "at"], ["gik", "med", "at"]):
        return True
    if after[1:2] == ["år"] and after[0] in {"i", "sidste", "næste"}:
        return True
    if after[:1] and after[0] in COPULAS and not _MONTHLY.isdisjoint(words_after(tokens, index, 5)):
        return True
    verb = _verb(tokens, index)
    if verb is None or tokens[verb].lower not in COPULAS | {"gik", "går", "ser", "så"}:
        return False
    return is_no_person(tokens, verb) or is_like_a_season(tokens, verb)


def as_hardly_a_name(tokens: list[Token], index: int) -> bool:
    """``Sol fra morgen til aften``, ``Pil i bunden af siden fører videre``, ``Ben op``.

    For words that hardly anybody is called: only where people are found do they stay a name.
    """
    after = words_after(tokens, index, 4)
    if after[:1] and (after[0] in _DIRECTIONS or (len(after) == 1 and after[0] in _PREPOSITIONS)):
        return True  # "Hue på, når det fryser"
    if len(after) < 2 or after[0] not in _PREPOSITIONS:
        return False
    places = [p for p in range(index + 2, index + 1 + len(after)) if _may_head(tokens[p].lower)]
    if not places or (tokens[places[0]].capital and not tokens[places[0]].shouted):
        return False
    noun = tokens[places[0]].lower
    among_people = noun.endswith(_NO_PLACES + _PEOPLES_PLACES) or noun in SUBJECTS | _OBJECTS
    verb = _verb(tokens, index)
    acts = verb is not None and tokens[verb].lower in _PERSON_VERBS
    return not among_people and not acts and not any(map(is_person, after))


def _may_head(lower: str) -> bool:
    return lower not in ARTICLES and not is_adjective(lower)


def as_verb(tokens: list[Token], index: int) -> bool:
    """``Ender det``, ``Lyder planen``, ``Anker han``: a question or a condition."""
    after = words_after(tokens, index, 2)
    if not after or (tokens[index + 1].capital and not tokens[index + 1].shouted):
        return False
    if after[0] in ARTICLES - _AFTER_VERB:
        return len(after) == 2 and is_thing(tokens, index + 2)
    noun = not is_adjective(after[0]) and not is_finite(after[0])
    return after[0] in _AFTER_VERB or (noun and is_definite(after[0]))


def as_infinitive(tokens: list[Token], index: int) -> bool:
    """``Bo alene vil han ikke``, ``Lave mad er hendes store interesse``."""
    verb = _verb(tokens, index)
    if verb is None:
        return False
    if tokens[verb].lower in COPULAS:
        return is_no_person(tokens, verb)
    return verb > index + 1 and tokens[verb].lower in _FRONTING and _has_subject_after(tokens, verb)


def as_imperative(tokens: list[Token], index: int) -> bool:
    """``Stig ikke op på``, ``Pil ikke ved``."""
    after = words_after(tokens, index, 3)
    return len(after) == 3 and after[0] == "ikke" and after[1] in _DIRECTIONS


USES: dict[str, Use] = {
    "@hardly": as_hardly_a_name,
    "@noun": as_noun,
    "@time": as_time,
    "@verb": as_verb,
    "@infinitive": as_infinitive,
    "@imperative": as_imperative,
}


def _verb(tokens: list[Token], index: int) -> int | None:
    """Where the verb of the clause is that the word at ``index`` opens, before any comma."""
    for position in range(index, min(index + _LONGEST_SUBJECT, len(tokens) - 1)):
        if tokens[position].after.strip(" "):
            return None
        follower = tokens[position + 1]
        held = (
            position > index and tokens[position].lower in _PREPOSITIONS
        )  # "med smerter" is no verb
        if not held and (is_finite(follower.lower) or _is_done_to_things(follower.lower)):
            return position + 1
        if follower.lower in SUBJECTS or (follower.capital and not follower.shouted):
            return None
    return None


def _has_subject_after(tokens: list[Token], verb: int) -> bool:
    return not SUBJECTS.isdisjoint(words_after(tokens, verb, 1))


def _has_impersonal_verb(tokens: list[Token], verb: int) -> bool:
    """``Silke tåler``, ``Mark pløjes``, ``Panik betyder, at``, ``Altan mangler der``."""
    said, after = tokens[verb].lower, words_after(tokens, verb, 3)
    if said in {"betyder", "betød"}:
        return tokens[verb + 1 : verb + 2] != [] and tokens[verb + 1].lower == "at"
    if said in {"kan", "kunne"}:
        return after[:2] == ["blive", "til"]
    if said == "hedder":
        return after != [] and is_definite(after[0])
    if said in {"mangler", "manglede"}:
        return after[:1] == ["der"]
    if said in COPULAS and after[:1] == ["der"]:
        return not _QUANTITIES.isdisjoint(after)
    return _is_done_to_things(said)


def _is_done_to_things(lower: str) -> bool:
    """``koster``, ``pløjes``, ``vaskes``."""
    return lower in _THING_VERBS or (lower.endswith("s") and lower[:-1] + "r" in _HANDLING)


def _is_object(tokens: list[Token], index: int, verb: int) -> bool:
    """``Tuba har han spillet``, ``Munk bliver hun aldrig``; not ``Stig har jeg talt med``."""
    if tokens[verb].lower in {"bliver", "blev"} and words_after(tokens, verb, 1) == ["det"]:
        return True
    if not _has_subject_after(tokens, verb):
        return False
    if verb == index + 3 and tokens[index + 1].lower in _PREPOSITIONS and is_bare(tokens, verb - 1):
        return True
    if tokens[verb].lower in {"kalder", "kaldte"}:
        return words_after(tokens, verb, 2)[1:] == ["det"]
    return not _has_person_object(tokens[verb : verb + _LONGEST_CLAUSE])


def _has_person_object(clause: list[Token]) -> bool:
    """A verb whose object is a person, or a preposition whose noun stands before the verb."""
    for token, follower in pairwise(clause):
        ends = token.after.strip(" ") != ""
        stranded = ends or follower.lower in _PREPOSITIONS | {"at"}
        if token.lower in _MEETING or (stranded and token.lower in _PREPOSITIONS | {"sammen"}):
            return True
        if ends:
            return False
    return clause[-1].lower in _PREPOSITIONS | _MEETING


def _has_bare_place(tokens: list[Token], index: int) -> bool:
    """``Perle på snor er``, ``Lykke i små bidder``, but ``Bo i praktik``, ``Line på kontoret``.

    Without a verb it is a note on somebody: ``Palle til tandlæge``.
    """
    after = words_after(tokens, index, 4)
    if len(after) < 2 or after[0] not in _PREPOSITIONS or _verb(tokens, index) is None:
        return False
    for position, word in enumerate(after[1:], index + 2):
        if not is_adjective(word):
            return not word.endswith(_NO_PLACES) and is_bare(tokens, position)
    return False
