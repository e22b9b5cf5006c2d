from __future__ import annotations

from django.urls import path

from sources.views.pages import page_citations, source_citation, source_list, source_page

app_name = "sources"
urlpatterns = [
    path("", source_list, name="index"),
    path("side/<int:pk>/<slug:form>/", page_citations, name="page_citations"),
    path("<slug:slug>/", source_page, name="source"),
    path("<slug:slug>/<slug:form>/", source_citation, name="citation"),
]
