"""Addresses of the texts for the journal."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.journal.views import texts

urlpatterns: list[URLPattern] = [
    path("sparring/<int:pk>/journal/", texts.session_text, name="session_journal"),
    path("sparring/opfoelgning/<int:pk>/journal/", texts.follow_up_text, name="follow_up_journal"),
    path("sager/<str:code>/tro/<int:pk>/journal/", texts.belief_text, name="belief_journal"),
    path("journal/tjek/", texts.check, name="journal_check"),
]
