from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("stories.indexing")
        import_module("stories.presentation.story_page")
        import_module("stories.content_review.signals")
        import_module("stories.presentation.theme_section")
        import_module("stories.editors_admin.lock")
        import_module("stories.editors_admin.hiding").hide_stories()
