"""Babel's way into Django templates, through Django's own extractor of translatable strings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation.template import templatize

CALL = re.compile(r"\b(npgettext|ngettext|pgettext|gettext)\(")
LITERAL = re.compile(r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\"""", re.DOTALL)


def _arguments(text: str, start: int) -> list[str]:
    """The string literals of the call whose bracket opens just before `start`."""
    found: list[str] = []
    while text[start] != ")":
        literal = LITERAL.match(text, start)
        if literal:
            found.append(ast.literal_eval(literal.group()))
            start = literal.end()
        else:
            start += 1
    return found


def extract(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield (line, function, message or messages, comments) for every string in a template.

    Django turns a template into a text with `gettext('…')` calls among filler that is no Python;
    so the calls are found by pattern and only their literals are read.
    """
    text = templatize(file.read().decode("utf-8"))
    for call in CALL.finditer(text):
        messages = _arguments(text, call.end())
        line = text.count("\n", 0, call.start()) + 1
        name = call.group(1)
        yield line, name, messages[0] if name == "gettext" else tuple(messages), []
