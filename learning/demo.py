"""The room's part of the demo."""

from __future__ import annotations

from learning.content.loader import load_methods, load_programmes


def load() -> dict[str, int]:
    """Make what is missing, and return how many of each kind were made."""
    return {"methods": load_methods(), "programmes": load_programmes()}
