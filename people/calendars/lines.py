"""The lines of an .ics file that say when; titles, places, people and notes are never looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

WHEN = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS",
     "TRANSP", "FREEBUSY", "X-MICROSOFT-CDO-BUSYSTATUS")
)  # fmt: skip
PARTS = ("VEVENT", "VFREEBUSY")
ZONE = "VTIMEZONE"
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";]*)')


@dataclass(frozen=True)
class IcsLine:
    """One unfolded line of a calendar file: name, value and parameters (RFC 5545, 3.1)."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class IcsContents:
    """`parts`: the lines of each event; `zones`: the text of each time zone, by its name."""

    parts: list[list[IcsLine]] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)


def contents(text: str) -> IcsContents | None:
    """What the file holds; None when it is no calendar."""
    lines = [line for line in _FOLD.sub("", text).splitlines() if line.strip()]
    edges = [line.strip().upper() for line in (*lines[:1], *lines[-1:])]
    if edges != ["BEGIN:VCALENDAR", "END:VCALENDAR"]:  # the end is missing where a file was cut
        return None
    found = IcsContents()
    for path, block in _blocks(lines):
        if path == ZONE:
            _add_zone(found, block)
        else:
            found.parts.append([line for raw in block if (line := _line(raw)) is not None])
    return found


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """(kind, lines) of each event and each zone; alarms inside events are left out."""
    open_parts: list[str] = []
    block: list[str] = []
    for line in lines:
        head = line.strip().upper()
        if head.startswith("BEGIN:"):
            open_parts.append(head[6:])
            if len(open_parts) == 2:
                block = []
        elif head.startswith("END:"):
            if len(open_parts) == 2 and open_parts[1] in (*PARTS, ZONE):
                yield open_parts[1], block
            if open_parts:
                open_parts.pop()
            if len(open_parts) >= 2 and open_parts[1] == ZONE:
                block.append(head)
            continue
        if len(open_parts) == 2 or (len(open_parts) == 3 and open_parts[1] == ZONE):
            block.append(line)


def _line(raw: str) -> IcsLine | None:
    """One line that says when; None for every other."""
    name = raw[
        : len(raw) - len(raw.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-"))
    ]
    if name.upper() not in WHEN:
        return None
    match = _LINE.match(raw)
    if match is None:
        return None
    parameters = {
        key.upper(): value.strip('"') for key, value in _PARAMETER.findall(match.group(2))
    }
    return IcsLine(name.upper(), match.group(3).strip(), parameters)


def _add_zone(found: IcsContents, block: list[str]) -> None:
    name = next((raw.partition(":")[2].strip() for raw in block if raw[:5].upper() == "TZID:"), "")
    if name:
        found.zones[name] = "\r\n".join(["BEGIN:VTIMEZONE", *block[1:], "END:VTIMEZONE"])
