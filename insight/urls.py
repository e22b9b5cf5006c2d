from __future__ import annotations

from django.urls import path

from . import views

app_name = "insight"
urlpatterns = [
    path("", views.index, name="index"),
    path("udfald.csv", views.outcome_csv, name="outcome_csv"),
]
