from __future__ import annotations

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("", views.account, name="account"),
    path("fravaer/<int:pk>/fjern/", views.remove_absence, name="remove_absence"),
]
