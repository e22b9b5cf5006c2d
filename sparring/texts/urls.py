"""Addresses of the check of words about a citizen."""

from __future__ import annotations

from django.urls import path

from sparring.texts.views.check import case_text_check
from sparring.texts.views.to_look_at import text_stands, texts_to_look_at

urlpatterns = [
    path("sager/tekst/", case_text_check, name="case_text_check"),
    path("sager/tekster/", texts_to_look_at, name="texts_to_look_at"),
    path("sager/tekster/<int:pk>/staar/", text_stands, name="text_stands"),
]
