from __future__ import annotations

from django.apps import AppConfig


class DocumentImportConfig(AppConfig):
    name = "document_import"
    default_auto_field = "django.db.models.BigAutoField"
