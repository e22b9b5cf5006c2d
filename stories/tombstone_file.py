"""The list of withdrawn stories outside the database, from which a restored one learns (SEC-21).

One line of JSON each: what a tombstone row holds, and no word of a story. Lines are only added.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from stories.models import StoryTombstone

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TombstoneLine:
    """One withdrawn story."""

    uid: UUID
    address_hash: str
    withdrawn_at: datetime

    def as_json(self) -> str:
        return json.dumps(
            {
                "uid": str(self.uid),
                "address_hash": self.address_hash,
                "withdrawn_at": self.withdrawn_at.isoformat(),
            }
        )


def read_lines(path: Path) -> dict[UUID, TombstoneLine]:
    """The list by story; a line torn by a crash is skipped and logged."""
    found: dict[UUID, TombstoneLine] = {}
    if not path.exists():
        return found
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(text)
            line = TombstoneLine(
                UUID(row["uid"]),
                str(row["address_hash"]),
                datetime.fromisoformat(row["withdrawn_at"]),
            )
        except (ValueError, KeyError, TypeError):
            log.error("%s: line %d is no tombstone.", path.name, number)
            continue
        found[line.uid] = line
    return found


def write_missing() -> int:
    """Append tombstones that the file lacks; returns how many. Safe to run twice."""
    path = Path(settings.TOMBSTONE_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = read_lines(path)
        rows = StoryTombstone.objects.exclude(uid__in=list(known)).order_by("pk")
        lines = [TombstoneLine(row.uid, row.address_hash, row.withdrawn_at) for row in rows]
        _append(file.fileno(), path, lines)
    return len(lines)


def _append(descriptor: int, path: Path, lines: Iterable[TombstoneLine]) -> None:
    """Write whole lines and sync them to disk; after an incomplete line, start a new one."""
    text = "".join(line.as_json() + "\n" for line in lines)
    if not text:
        return
    written = path.read_bytes()
    if written and not written.endswith(b"\n"):
        text = "\n" + text
    os.write(descriptor, text.encode())
    os.fsync(descriptor)
