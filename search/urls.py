from __future__ import annotations

from django.urls import path

from search.views import opened, saved, search

app_name = "search"
urlpatterns = [
    path("", search.search, name="search"),
    path("forslag/", search.suggest, name="suggest"),
    path("aabnet/", opened.opened, name="opened"),
    path("gem/", saved.save, name="save"),
    path("gemt/<int:pk>/", saved.change, name="saved"),
    path("tast/", saved.slash, name="slash"),
]
