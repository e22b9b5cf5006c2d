"""What is meant as it is typed: numbers, case codes and what stands in quotation marks.

A year is not a slip of the finger for another year, nor one case's number for another's.
"""

from __future__ import annotations

import re

from search.analysis.folding import words

CODE = re.compile(r"(?<![^\W_])(?<!-)([^\W\d_]{1,4})-([0-9]{1,6})(?![^\W_])(?!-)")
_QUOTED = re.compile(r'["“”„»«]([^"“”„»«]+)["“”„»«]')


def take_codes(query: str) -> tuple[list[tuple[str, str]], str]:
    """The case codes in a query, each as its letters and its digits, and the query without them."""
    return CODE.findall(query), CODE.sub(" ", query)


def quoted(query: str) -> frozenset[str]:
    """The words in quotation marks."""
    return frozenset(word for part in _QUOTED.findall(query) for word in words(part))


def has_digit(word: str) -> bool:
    """Whether the word is a number, a year or the like, which is never corrected."""
    return any(letter.isdigit() for letter in word)
