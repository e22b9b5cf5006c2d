from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class KbConfig(AppConfig):
    name = "kb"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("kb.checks")
        import_module("kb.signals")
        import_module("kb.indexing")
        import_module("kb.colleague_search_documents")
        import_module("kb.file_search_documents")
        import_module("kb.account_section")
        import_module("kb.citing")
        import_module("kb.known_words")
