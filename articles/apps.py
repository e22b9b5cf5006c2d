from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("articles.theme_sections")
        import_module("articles.citing")
