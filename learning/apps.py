from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("learning.account_section")
        import_module("learning.collections")
        import_module("learning.domain.attendance")
        import_module("learning.event_parts")
        import_module("learning.indexing")
        import_module("learning.sitemaps")
