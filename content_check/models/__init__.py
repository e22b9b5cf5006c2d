"""What this room remembers."""

from __future__ import annotations

from .asked import AskedAbout

__all__ = ["AskedAbout"]
