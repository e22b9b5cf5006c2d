from __future__ import annotations

from django.apps import AppConfig


class GuidepostsConfig(AppConfig):
    name = "guideposts"
