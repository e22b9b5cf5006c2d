"""Addresses of the sparring room, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sparring.cases.urls
import sparring.feedback.urls
import sparring.handovers.urls
import sparring.journal.urls
import sparring.notes.urls
import sparring.plans.urls
import sparring.quick.urls
import sparring.sessions.urls
import sparring.texts.urls

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "sparring"
urlpatterns: list[URLPattern] = [
    *sparring.texts.urls.urlpatterns,
    *sparring.quick.urls.urlpatterns,
    *sparring.journal.urls.urlpatterns,
    *sparring.feedback.urls.urlpatterns,
    *sparring.handovers.urls.urlpatterns,
    *sparring.plans.urls.urlpatterns,
    *sparring.notes.urls.urlpatterns,
    *sparring.sessions.urls.urlpatterns,
    *sparring.cases.urls.urlpatterns,
]
