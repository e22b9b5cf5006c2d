"""Addresses of ten minutes now: ask, wait, answer, withdraw."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.quick.views import quick

urlpatterns: list[URLPattern] = [
    path("sager/<str:code>/ti-minutter/", quick.AskForTenMinutes.as_view(), name="quick_ask"),
    path("sparring/ti-minutter/", quick.waiting, name="quick_waiting"),
    path("sparring/ti-minutter/<int:pk>/", quick.quick, name="quick"),
    path("sparring/ti-minutter/<int:pk>/svar/", quick.answer, name="quick_answer"),
    path("sparring/ti-minutter/<int:pk>/traek/", quick.withdraw, name="quick_withdraw"),
]
