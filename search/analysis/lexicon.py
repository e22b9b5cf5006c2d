"""The editors' data: stop words, light words, parts of compounds and synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from search.analysis.folding import fold, normalise, plain, words
from search.analysis.stemmer import stem

DATA = Path(__file__).resolve().parent.parent / "data"


ENDINGS_AFTER_E = ("s", "n", "ns", "t", "ts", "r", "rs", "rne", "rnes", "ne", "nes", "de")
ENDINGS = (
    *("s", "e", "es", "en", "ens", "et", "ets", "er", "ers"),
    *("ene", "enes", "erne", "ernes", "t"),
)
VOWELS = "aeiouyæøå"
LONG = 6  # letters: shorter words in -et are nouns (net, ret)


def inflections(word: str) -> Iterator[str]:
    """The forms a Danish noun or adjective may take (some do not exist, which does no harm)."""
    if word.endswith("e"):
        yield from (word + ending for ending in ENDINGS_AFTER_E)
        return
    yield from (word + ending for ending in ENDINGS)
    if word[-1] not in VOWELS and word[-2:-1] in VOWELS:  # praktik: praktikken, praktikker
        yield from (word + word[-1] + ending for ending in ENDINGS if ending[0] == "e")
    if word.endswith("er"):  # medarbejder: medarbejderne
        yield from (word + "ne", word + "nes")
    if word.endswith(("er", "el", "en")):  # center: centret, centrene
        yield from (word[:-2] + word[-1] + ending for ending in ENDINGS if ending[0] == "e")
    if word.endswith("et") and len(word) >= LONG:  # visiteret: visiterede
        yield word[:-1] + "de"


@dataclass(frozen=True)
class Lexicon:
    """Everything the analysis knows of the language; built once, never changed."""

    stop: frozenset[str]
    light: frozenset[str]
    parts: tuple[str, ...]
    rules: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    @classmethod
    def read(cls, folder: Path = DATA) -> Lexicon:
        """Read the four files of `folder`; raises OSError when one is missing."""
        return cls.build(
            stop=_lines(folder / "stopwords.txt"),
            light=_lines(folder / "light_words.txt"),
            parts=_lines(folder / "words.txt"),
            synonyms=_lines(folder / "synonyms.txt"),
        )

    @classmethod
    def build(
        cls,
        *,
        stop: Iterable[str],
        light: Iterable[str],
        parts: Iterable[str],
        synonyms: Iterable[str],
    ) -> Lexicon:
        """From lines of text: words apart by spaces, synonyms in Solr's format."""
        return cls(
            stop=frozenset(plain(word) for line in stop for word in line.split()),
            light=frozenset(plain(word) for line in light for word in line.split()),
            parts=tuple(sorted({normalise(word) for line in parts for word in line.split()})),
            rules=tuple(_rule(line) for line in synonyms),
        )

    def extended(self, *, parts: Iterable[str], synonyms: Iterable[str]) -> Lexicon:
        """This lexicon with words and synonyms on top; itself when there are none."""
        more, rules = tuple(map(normalise, parts)), tuple(map(_rule, synonyms))
        if not more and not rules:
            return self
        return replace(
            self,
            parts=tuple(sorted({*self.parts, *more})),
            rules=(*self.rules, *(rule for rule in rules if rule not in self.rules)),
        )

    @cached_property
    def lemmas(self) -> dict[str, str]:
        """Folded inflected form -> folded basic form, of every word the editors listed."""
        forms: dict[str, str] = {}
        for word in sorted(self.parts, key=len):
            forms.update({fold(normalise(form)): fold(word) for form in inflections(word)})
        return forms | {fold(word): fold(word) for word in self.parts}

    def token(self, word: str) -> str:
        """What is stored and compared: folded, then the listed basic form, else the stem."""
        folded = plain(word)
        return self.lemma_token(folded) or stem(folded)

    def lemma_token(self, folded: str) -> str | None:
        """The token of a listed word in any inflection; None when the word is not listed."""
        return self.lemmas.get(folded)

    @cached_property
    def synonyms(self) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Phrase -> the other phrases it is searched with, both as tuples of tokens."""
        found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        for keys, values in self.rules:
            targets = [self.phrase(value) for value in values]
            for key in map(self.phrase, keys):
                others = {target: None for target in targets if target and target != key}
                found.setdefault(key, {}).update(others)
        return {key: tuple(values) for key, values in found.items() if key}

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Every single word the editors listed: what a misspelt word may have meant."""
        phrases = (key for keys, values in self.rules for key in (*keys, *values))
        spoken = (word for phrase in phrases for word in words(phrase))
        return tuple(dict.fromkeys((*self.parts, *(word.lower() for word in spoken))))

    @cached_property
    def longest_phrase(self) -> int:
        """Words in the longest phrase that has synonyms."""
        return max(map(len, self.synonyms), default=1)

    def phrase(self, text: str) -> tuple[str, ...]:
        """The tokens of a phrase, without stop words."""
        return tuple(self.token(word) for word in words(text) if not self.is_stop(word))

    def is_stop(self, word: str) -> bool:
        """Whether a word is left out of index and query."""
        return plain(word) in self.stop

    def is_light(self, word: str) -> bool:
        """Whether a word counts for nothing beside others in a query."""
        folded = plain(word)
        return folded in self.light or folded in self.stop


def _rule(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keys, arrow, values = line.partition("=>")
    left = tuple(part.strip() for part in keys.split(",") if part.strip())
    right = tuple(part.strip() for part in values.split(",") if part.strip())
    return (left, right) if arrow else (left, left)


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        content = line.partition("#")[0].strip()
        if content:
            yield content


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    return Lexicon.read()
