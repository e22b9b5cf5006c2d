from __future__ import annotations

from django.apps import AppConfig


class ContentCheckConfig(AppConfig):
    name = "content_check"
    default_auto_field = "django.db.models.BigAutoField"
