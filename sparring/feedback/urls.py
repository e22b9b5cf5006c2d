"""The address of the one question after a session."""

from __future__ import annotations

from django.urls import URLPattern, path

from sparring.feedback.views import colleague_answers

urlpatterns: list[URLPattern] = [
    path(
        "sparring/<int:pk>/den-rette-kollega/",
        colleague_answers.right_colleague,
        name="right_colleague",
    ),
]
