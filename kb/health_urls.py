from __future__ import annotations

from django.urls import path

from kb.views.health import health

urlpatterns = [path("", health, name="health")]
