from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("events.citing")
        import_module("events.indexing")
        import_module("events.signals")
        import_module("events.page_parts")
