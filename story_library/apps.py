from __future__ import annotations

from django.apps import AppConfig


class StoryLibraryConfig(AppConfig):
    name = "story_library"
    default_auto_field = "django.db.models.BigAutoField"
