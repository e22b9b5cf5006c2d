"""The address in a citizen's letter, at which a consent can be taken back with a code."""

from __future__ import annotations

from django.urls import path

from stories.views import consent_letters

app_name = "letters"
urlpatterns = [path("", consent_letters.withdraw_story, name="withdraw_story")]
