"""A part of the demo that is stopped while it loads."""

from __future__ import annotations


def load() -> dict[str, int]:
    raise KeyboardInterrupt
