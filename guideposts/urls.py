"""Addresses of a municipality's own guideposts."""

from __future__ import annotations

from django.urls import path

from .views import guidepost_poster, own_guideposts

urlpatterns = [
    path("", own_guideposts, name="own_guideposts"),
    path("plakat-<slug:paper>.pdf", guidepost_poster, name="guidepost_poster"),
]
