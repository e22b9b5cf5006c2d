from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from .api import api

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:openapi-json"), name="api_home"),
    path("", api.urls),
]
