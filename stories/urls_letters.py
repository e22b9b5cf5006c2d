from __future__ import annotations

from django.urls import path

from .views import letters

app_name = "letters"
urlpatterns = [path("", letters.take_back, name="take_back")]
