"""The anonymity check on Danish text: pure functions, no models, no database, no network.

``check`` is the first lock against a citizen being recognised, never the only one: a second
person and structured, generalised fields (``combination``) are the others. See
``docs/anonymity.md``.
"""

from __future__ import annotations

from .cpr import contains_cpr, find_cpr
from .engine import check
from .report import Finding, Report

__all__ = ["Finding", "Report", "check", "contains_cpr", "find_cpr"]
