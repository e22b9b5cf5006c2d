"""Reads a large JSON object whose long lists are handed over in pieces.

Five million pairs would need over a gigabyte as Python lists; in pieces of 256 kB of text they
become arrays at once. Only the standard parser reads JSON here; this module finds where a piece
may end, and a wrong guess only makes the piece longer.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.utils.translation import gettext_noop

from matching.errors import MatchingFileError

PIECE = 1 << 18
_SPACE = re.compile(r"[ \t\n\r]*")
_BOUNDARY = re.compile(r"\][ \t\n\r]*,[ \t\n\r]*(?=\[)")
Sink = Callable[[list[Any]], None]


def read_object(text: str, sinks: dict[str, Sink]) -> dict[str, Any]:
    """The members of the object in `text`; a list named in `sinks` goes there, in pieces.

    Raises MatchingFileError with line and column where the text is not a JSON object.
    """
    try:
        with _without_collector():
            return _Reader(text, sinks).read()
    except json.JSONDecodeError as error:
        raise MatchingFileError(
            gettext_noop("Not valid JSON at line %(line)s, column %(column)s."),
            line=error.lineno,
            column=error.colno,
        ) from None
    except MatchingFileError:
        raise
    except ValueError:
        raise MatchingFileError(gettext_noop("A number has far too many digits.")) from None
    except RecursionError:
        raise MatchingFileError(gettext_noop("Not valid: nested too deeply.")) from None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Parsing makes millions of short-lived lists and no cycles: looking for them costs a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Reader:
    def __init__(self, text: str, sinks: dict[str, Sink]) -> None:
        self.text = text
        self.sinks = sinks
        self.decoder = json.JSONDecoder(parse_constant=_not_a_number)

    def read(self) -> dict[str, Any]:
        at = self._skip(0)
        if self.text[at : at + 1] != "{":
            self._value(at)
            raise MatchingFileError(gettext_noop("The file must hold one JSON object."))
        members: dict[str, Any] = {}
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "}":
            if members:
                at = self._skip(self._expect(at, ","))
            at = self._member(at, members)
        end = self._skip(at + 1)
        if end != len(self.text):
            self._fail("Extra data", end)
        return members

    def _member(self, at: int, members: dict[str, Any]) -> int:
        name, at = self._value(at)
        if not isinstance(name, str):
            self._fail("Expecting property name", at)
        if name in members:
            raise MatchingFileError(gettext_noop('"%(name)s" is given twice.'), name=name)
        at = self._skip(self._expect(at, ":"))
        if name in self.sinks and self.text[at : at + 1] == "[":
            members[name] = []
            return self._skip(self._stream(at + 1, self.sinks[name]))
        members[name], at = self._value(at)
        return at

    def _stream(self, at: int, sink: Sink) -> int:
        """Hand the list that begins before `at` to the sink; returns the place after its end."""
        at = self._skip(at)
        while (boundary := _BOUNDARY.search(self.text, at + PIECE)) is not None:
            piece = self._piece(at, boundary.start() + 1)
            if piece is None:
                break
            sink(piece)
            at = boundary.end()
        return self._rest(at, sink)

    def _piece(self, start: int, end: int) -> list[Any] | None:
        try:
            return list(self.decoder.decode(f"[{self.text[start:end]}]"))
        except json.JSONDecodeError:
            return None

    def _rest(self, at: int, sink: Sink) -> int:
        """The last items one by one, up to the closing bracket."""
        items: list[Any] = []
        if self.text[at : at + 1] == "]":
            sink(items)
            return at + 1
        while True:
            item, at = self._value(at)
            items.append(item)
            if len(items) == PIECE // 16:
                sink(items)
                items = []
            if self.text[at : at + 1] == "]":
                sink(items)
                return at + 1
            at = self._skip(self._expect(at, ","))

    def _value(self, at: int) -> tuple[Any, int]:
        value, end = self.decoder.raw_decode(self.text, at)
        return value, self._skip(end)

    def _expect(self, at: int, sign: str) -> int:
        if self.text[at : at + 1] != sign:
            self._fail(f"Expecting {sign}", at)
        return at + 1

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _fail(self, message: str, at: int) -> NoReturn:
        raise json.JSONDecodeError(message, self.text, at)


def _not_a_number(name: str) -> NoReturn:
    raise MatchingFileError(gettext_noop("%(value)s is not a number in JSON."), value=name)
