"""Wiring of the editors' admin: snippets, menu, permissions. No rule lives here."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from .admin.snippets import KnowledgeBaseGroup

register_snippet(KnowledgeBaseGroup)
