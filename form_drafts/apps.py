from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormDraftsConfig(AppConfig):
    name = "form_drafts"
    verbose_name = _("Drafts of forms")
    default_auto_field = "django.db.models.BigAutoField"
