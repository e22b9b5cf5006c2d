"""Whether a story's text depends on a closed offer or a retired legal term. No database."""

from __future__ import annotations

import re
from collections.abc import Collection

# "nytteindsats" is also found in "nytteindsatsen": an ending of at most four letters.
ENDING = r"\w{0,4}(?!\w)"


def mentions(text: str, word: str) -> bool:
    """Whether the text contains the word with any ending, but not inside another word."""
    pattern = rf"(?<!\w){re.escape(word.strip())}{ENDING}"
    return bool(word.strip()) and re.search(pattern, text, re.IGNORECASE) is not None


def depends_on_offer(
    text: str, kinds: Collection[str], *, name: str, kind: str, open_kinds: Collection[str]
) -> bool:
    """Whether the text names the closed offer, or used a kind of action no open offer has."""
    return mentions(text, name) or (bool(kind) and kind in kinds and kind not in open_kinds)
