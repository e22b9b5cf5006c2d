"""What is wrong with a matching file, in one line."""

from __future__ import annotations

import json
from typing import Any


class MatchingFileError(ValueError):
    """One clear sentence: what is wrong and where.

    The sentence is kept as an English template with its values, marked for translation where it
    is raised, so that the command can show it in the reader's language.
    """

    def __init__(self, template: str, **values: Any) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values


def shown(value: Any) -> str:
    """A value of the file as it stands there, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"
