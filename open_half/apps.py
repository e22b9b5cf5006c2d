from __future__ import annotations

from django.apps import AppConfig


class OpenHalfConfig(AppConfig):
    name = "open_half"
    default_auto_field = "django.db.models.BigAutoField"
