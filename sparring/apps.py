from __future__ import annotations

from django.apps import AppConfig


class SparringConfig(AppConfig):
    name = "sparring"
    default_auto_field = "django.db.models.BigAutoField"
