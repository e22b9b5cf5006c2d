"""Addresses of the sparring room, part by part."""

from __future__ import annotations

from django.urls import URLPattern

from sparring import urls_cases, urls_planning, urls_talks

app_name = "sparring"
urlpatterns: list[URLPattern] = [
    *urls_planning.urlpatterns,
    *urls_talks.urlpatterns,
    *urls_cases.urlpatterns,
]
