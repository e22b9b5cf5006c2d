from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SparringConfig(AppConfig):
    name = "sparring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("sparring.sessions.story_use_counter")
        import_module("sparring.sessions.first_sessions")
        import_module("sparring.sessions.method_uses")
        import_module("sparring.cases.search_documents")
        import_module("sparring.cases.target_group_names")
        import_module("sparring.cases.caseload_codes")
        import_module("sparring.sessions.dilemma_button")
        import_module("sparring.bookings.receivers")
        import_module("sparring.beliefs.receivers")
