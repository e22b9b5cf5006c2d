"""Addresses of the notes of a session."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.notes.views import notes

urlpatterns: list[URLPattern] = [
    path("sparring/<int:pk>/noter/", notes.notes, name="session_notes"),
    path("sparring/<int:pk>/noter/tidligere/", notes.earlier, name="session_notes_earlier"),
]
