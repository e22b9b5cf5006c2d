"""Methods and their roots."""

from __future__ import annotations

from django.urls import path

from learning.views import feeds, methods

app_name = "methods"
# The list above them, `/metoder/`, is Wagtail's.
urlpatterns = [
    path("rss/", feeds.MethodFeed(), name="rss"),
    path("atom/", feeds.MethodAtom(), name="atom"),
    path("afproevninger/", methods.trials, name="trials"),
    path("afproevninger/<int:pk>/", methods.decide, name="decide"),
    path("afproevninger/<int:pk>/slet/", methods.withdraw, name="withdraw_trial"),
    path("roedder/<slug:slug>/", methods.root, name="root"),
    path("<slug:slug>/", methods.method, name="method"),
    path("<slug:slug>/kort.pdf", methods.card, name="card"),
    path("<slug:slug>/proevet/", methods.RegisterTrial.as_view(), name="register_trial"),
]
