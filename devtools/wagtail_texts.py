"""The texts of the editors' admin that Wagtail has in English only, in a Danish catalogue of ours.

python -m devtools.wagtail_texts update   collect them from the installed Wagtail, keep the Danish
python -m devtools.wagtail_texts check    fail where one has no Danish, or other placeholders

`locale_wagtail/da` holds them. Django reads it after `locale/da`, so a text of both is ours, and
before Wagtail's own. Two catalogues: `django` for pages, `djangojs` for what Wagtail's scripts say
(React, Stimulus), which its own address of script texts reads from the same folders. A new version
of Wagtail brings new texts: `check`, a part of `make lint`, names them.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from devtools import ROOT, placeholders
from devtools.texts import danish, is_translated
from kb.settings.base import INSTALLED_APPS

if TYPE_CHECKING:
    from babel.messages.catalog import Message

FOLDER = ROOT / "locale_wagtail" / "da" / "LC_MESSAGES"
PAGES, SCRIPTS = "django", "djangojs"
# What the scripts say in a Danish of Wagtail's that is none; the pages' are in borrowed_texts.py.
SAID_BETTER = frozenset({("Dashboard", None), ("Loading…", None), ("Server Error", None)})
WIDTH = 98
WRITTEN = datetime(2026, 11, 30, tzinfo=UTC)  # the same on whatever day it is written anew
Key = tuple[str, str | None]


def folders() -> list[Path]:
    """Where the installed apps of Wagtail keep their texts."""
    apps = [app for app in INSTALLED_APPS if app.split(".")[0] == "wagtail"]
    found = [importlib.util.find_spec(app) for app in apps]
    places = [Path(spec.origin).parent / "locale" for spec in found if spec and spec.origin]
    return sorted(place for place in places if place.is_dir())


def key_of(message: Message) -> Key:
    """What a text is looked up by: its singular and its context."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text, message.context


def without_danish(domain: str = PAGES) -> Iterator[Message]:
    """Wagtail's texts that neither its own Danish nor our catalogue has, each once."""
    known = {key_of(message) for message in danish() if message.id} if domain == PAGES else set()
    for folder in folders():
        theirs = _translated(folder / "da" / "LC_MESSAGES" / f"{domain}.po")
        theirs -= SAID_BETTER if domain == SCRIPTS else set()
        for message in _read(folder / "en" / "LC_MESSAGES" / f"{domain}.po"):
            if message.id and key_of(message) not in known | theirs:
                known.add(key_of(message))
                yield message


def source_texts() -> list[str]:
    """Every text of the installed Wagtail in English."""
    return [
        str(text)
        for folder in folders()
        for domain in (PAGES, SCRIPTS)
        for message in _read(folder / "en" / "LC_MESSAGES" / f"{domain}.po")
        for text in (message.id if isinstance(message.id, (list, tuple)) else [message.id])
        if text
    ]


def _translated(path: Path) -> set[Key]:
    return {
        key_of(message)
        for message in _read(path)
        if message.id and not message.fuzzy and is_translated(message.string)
    }


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="da")
    with path.open("rb") as file:
        return read_po(file, locale="da", charset="utf-8")


def update() -> int:
    """Write the catalogues anew: today's texts, with the Danish that is there already."""
    for domain in (PAGES, SCRIPTS):
        _update(domain)
    return 0


def _update(domain: str) -> None:
    path = FOLDER / f"{domain}.po"
    before = {key_of(message): message for message in _read(path) if message.id}
    catalogue = Catalog(
        locale="da", project="Sparringsrummet", fuzzy=False, creation_date=WRITTEN,
        revision_date=WRITTEN,
    )  # fmt: skip
    for message in without_danish(domain):
        old = before.get(key_of(message))
        flags = message.flags - {"fuzzy"}
        string = old.string if old is not None else None
        catalogue.add(message.id, string, flags=flags, context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, sort_output=True)
    left = sum(not is_translated(m.string) for m in catalogue if m.id)
    print(f"{domain}: {len(catalogue)} strings, {left} without Danish")


def problems() -> list[str]:
    """What keeps the admin from being Danish."""
    return sorted(problem for domain in (PAGES, SCRIPTS) for problem in _problems(domain))


def _problems(domain: str) -> list[str]:
    catalogue = _read(FOLDER / f"{domain}.po")
    here = {key_of(message) for message in catalogue if message.id}
    wanted = {key_of(message) for message in without_danish(domain)}
    found = [f"not in the catalogue (wagtail_texts update): {text}" for text, _ in wanted - here]
    found += [f"no longer needed (wagtail_texts update): {text}" for text, _ in here - wanted]
    found += [
        f"no Danish: {key_of(message)[0]}"
        for message in catalogue
        if message.id and (message.fuzzy or not is_translated(message.string))
    ]
    return found + [
        f"other placeholders in Danish: {text}" for text in placeholders.differing(catalogue)
    ]


def check() -> int:
    """Print the problems; 1 when there are any."""
    found = problems()
    print("\n".join([*found, f"{len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    commands = {"update": update, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(__doc__)
        raise SystemExit(2)
    raise SystemExit(commands[sys.argv[1]]())
