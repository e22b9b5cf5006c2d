"""The rooms whose pages are knowledge, as strings: kb imports none of those above it."""

from __future__ import annotations

KNOWLEDGE_APPS = ("kb", "articles", "events", "learning")
