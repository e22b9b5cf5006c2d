"""Addresses of planning, invitations and the overview of talks."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
