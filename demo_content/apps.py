from __future__ import annotations

from django.apps import AppConfig


class DemoContentConfig(AppConfig):
    name = "demo_content"
    default_auto_field = "django.db.models.BigAutoField"
