"""How long it takes to read something. Pure."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 200
_WORD = re.compile(r"\w+")


def reading_minutes(*texts: str) -> int:
    """Whole minutes, rounded up; never less than one."""
    words = sum(len(_WORD.findall(text)) for text in texts)
    return max(1, -(-words // WORDS_A_MINUTE))
