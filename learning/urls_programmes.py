"""Training programmes and their modules."""

from __future__ import annotations

from django.urls import path

from learning.views import programmes

app_name = "programmes"
# The list above them, `/uddannelser/`, is Wagtail's.
urlpatterns = [
    path("moduler/<slug:slug>/", programmes.module, name="module"),
    path("<slug:slug>/", programmes.programme, name="programme"),
]
