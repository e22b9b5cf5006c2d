from __future__ import annotations

from django.urls import path

from . import offer_use_view, views

app_name = "insight"
urlpatterns = [
    path("", views.index, name="index"),
    path("tilbud/", offer_use_view.offers, name="offers"),
    path("udfald.csv", views.outcome_csv, name="outcome_csv"),
]
