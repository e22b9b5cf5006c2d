"""The address that tells a monitor whether the service is well."""

from __future__ import annotations

from django.urls import path

from kb.views.health import health

urlpatterns = [path("", health, name="health")]
