"""Addresses of the sparring room, part by part."""

from __future__ import annotations

from django.urls import URLPattern

from sparring.cases import urls as urls_cases
from sparring.plans import urls as urls_planning
from sparring.sessions import urls

app_name = "sparring"
urlpatterns: list[URLPattern] = [
    *urls_planning.urlpatterns,
    *urls.urlpatterns,
    *urls_cases.urlpatterns,
]
