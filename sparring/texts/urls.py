"""Addresses of the check of words about a citizen."""

from __future__ import annotations

from django.urls import path

from sparring.texts.views.check import case_text_check

urlpatterns = [
    path("sager/tekst/", case_text_check, name="case_text_check"),
]
