"""Which stories lean on something that is gone: a closed offer, a word of the law. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

# "nytteindsats" is also found in "nytteindsatsen": an ending of at most four letters.
ENDING = r"\w{0,4}(?!\w)"


def mentions(text: str, word: str) -> bool:
    """Whether the text says the word, in any ending, not inside another word."""
    pattern = rf"(?<!\w){re.escape(word.strip())}{ENDING}"
    return bool(word.strip()) and re.search(pattern, text, re.IGNORECASE) is not None


def leans_on_offer(
    text: str, kinds: Collection[str], *, name: str, kind: str, open_kinds: Collection[str]
) -> bool:
    """Whether a story needs a closed offer: it names it, or did what no open offer gives now."""
    return mentions(text, name) or (bool(kind) and kind in kinds and kind not in open_kinds)
