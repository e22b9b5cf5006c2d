"""Boxes with a name, a title, a mail and a telephone, as web pages end with them. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/])(?:\+45[ \u00a0]?)?\d{2}(?:[ \u00a0]?\d{2}){3}(?![\w/])")
_NAME = re.compile(r"^[A-ZÆØÅ][\w'’-]+(?:\s+[A-ZÆØÅ][\w'’.-]*){1,4}$")
_LABELS = re.compile(r"\b(mobil|telefon|tlf|mail|direkte)\b\.?:?", re.IGNORECASE)
_AT = re.compile(r"\s+(?:i|hos|ved|på|,)\s+(?=[A-ZÆØÅ])")
_MOST_LINES = 7


@dataclass(frozen=True)
class Contact:
    """A person of an organisation; never a citizen: a citizen has no box."""

    name: str
    title: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""


def is_contact_line(text: str) -> bool:
    """Whether a mail or a telephone stands in it."""
    return bool(MAIL.search(text) or PHONE.search(text))


def contact_in(lines: list[str], before: str = "") -> Contact | None:
    """The person of a box, or None where the lines are none.

    `before` is the text above, which may say what the person is: "Kontakt projektleder Nn".
    """
    if len(lines) > _MOST_LINES or not any(is_contact_line(line) for line in lines):
        return None
    if any(line.rstrip().endswith((".", "?", "!")) and len(line) > 60 for line in lines):
        return None
    parts = [part.strip() for line in lines for part in _parts(line)]
    name = next((part for part in parts if _NAME.match(part)), "")
    if not name:
        return None
    text = "\n".join(lines)
    email, phone = MAIL.search(text), PHONE.search(text)
    title, organisation = _title(parts, name, before)
    return Contact(
        name=name,
        title=title,
        organisation=organisation,
        email=email.group() if email else "",
        phone=" ".join(phone.group().split()) if phone else "",
    )


def _parts(line: str) -> list[str]:
    """A line cut at its commas, without what is read elsewhere."""
    bare = _LABELS.sub("", PHONE.sub("", MAIL.sub("", line)))
    return [part for part in re.split(r"[,|·]", bare) if part.strip(" :")]


def _title(parts: list[str], name: str, before: str) -> tuple[str, str]:
    """Title and organisation, from the line below the name or from the text above."""
    after = parts[parts.index(name) + 1 :]
    words = next((part for part in after if len(part) > 2), "")
    if words:
        title, *rest = _AT.split(words, maxsplit=1)
        return title.strip(), rest[0].strip() if rest else ""
    said = re.search(rf"(\b[a-zæøå]+)\s+{re.escape(name)}", before)
    return (said[1], "") if said and said[1] not in ("kontakt", "af", "med", "til") else ("", "")
