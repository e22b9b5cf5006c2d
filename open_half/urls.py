"""The addresses of the open half that are no pages."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from open_half.views import feeds
from open_half.views.accessibility import accessibility_statement
from open_half.views.pictures import picture
from open_half.views.robots import robots, sitemap
from open_half.views.translations import TranslatePageView

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("was", accessibility_statement, name="was"),
    path("was/", RedirectView.as_view(pattern_name="was"), name="was_with_slash"),
    path("tilgaengelighed/", RedirectView.as_view(pattern_name="was"), name="was_before"),
    path("temaer/rss/", feeds.ThemeFeed(), name="theme_rss"),
    path("temaer/atom/", feeds.ThemeAtom(), name="theme_atom"),
    path("publikationer/rss/", feeds.PublicationFeed(), name="publication_rss"),
    path("publikationer/atom/", feeds.PublicationAtom(), name="publication_atom"),
    # Before Wagtail's own: only some kinds of pages have another language.
    path("redaktion/translation/submit/page/<int:page_id>/", TranslatePageView.as_view()),
    # Signed addresses: whoever sees a page sees its pictures, and nobody asks for other sizes.
    path(
        "billeder/<str:signature>/<int:image_id>/<str:filter_spec>/",
        picture,
        name="wagtailimages_serve",
    ),
]
