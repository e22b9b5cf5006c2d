"""Addresses of the sparring room, part by part."""

from __future__ import annotations

from django.urls import URLPattern

import sparring.cases.urls
import sparring.plans.urls
import sparring.sessions.urls

app_name = "sparring"
urlpatterns: list[URLPattern] = [
    *sparring.plans.urls.urlpatterns,
    *sparring.sessions.urls.urlpatterns,
    *sparring.cases.urls.urlpatterns,
]
