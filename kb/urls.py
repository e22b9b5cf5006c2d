"""Every address of the site. Apps are named by strings: kb imports none of those above it."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from kb.admin.account import EditorsAccountView
from kb.page_urls import PAGES
from kb.views.audit import audit_log
from kb.views.colleagues import colleague
from kb.views.follows import follow, wait_for_publication
from kb.views.key_figures import key_figure
from kb.views.language import set_language
from kb.views.overview import overview
from kb.views.recordings import serve_document
from kb.views.tags import suggest_tags

urlpatterns = [
    path("", overview, name="overview"),
    path("", include("open_half.urls")),
    path("soeg/", include("search.urls")),
    path("konto/sprog/", set_language, name="set_language"),
    path("konto/", include("people.urls")),
    path("konto/", include("people.login_urls")),
    path("", include("sparring.urls")),
    path("historier/", include("story_library.urls")),
    path("samtykke/", include("stories.urls_letters")),
    path("metoder/", include("learning.urls_methods")),
    path("uddannelser/", include("learning.urls_programmes")),
    path("laering/", include("learning.urls")),
    path("certifikat/", include("learning.urls_certificates")),
    path("", include("articles.urls")),
    path("kilder/", include("sources.urls")),
    path("noegletal/<slug:slug>/", key_figure, name="key_figure"),
    path("tal/", include("insight.urls")),
    path("api/v1/", include("insight.api_urls")),
    path("arrangementer/", include("events.urls")),
    path("sundhed/", include("kb.health_urls")),
    path("revision/", audit_log, name="audit"),
    path("vores-pejlemaerker/", include("guideposts.urls")),
    path("kolleger/<int:pk>/", colleague, name="colleague"),
    path("temaer/<slug:slug>/foelg/", follow, name="follow_theme"),
    path("publikationer/<slug:slug>/besked/", wait_for_publication, name="wait_for_publication"),
    path("redaktion/tag-autocomplete/", suggest_tags, name="suggest_tags"),
    path("redaktion/tag-autocomplete/<slug:app_name>/<slug:model_name>/", suggest_tags),
    path("redaktion/account/", require_admin_access(EditorsAccountView.as_view())),
    path("redaktion/", include(wagtailadmin_urls)),
    path(
        "dokumenter/<int:document_id>/<str:document_filename>",
        serve_document,
        name="wagtaildocs_serve",
    ),
    path("dokumenter/", include(wagtaildocs_urls)),
    # Wagtail's pages without its own login forms: there is one way in, and it counts failures.
    PAGES,
]
if settings.DEBUG:  # the components, to develop with
    from kb.views.gallery import gallery

    urlpatterns[:0] = [
        path("_gallery/", gallery, name="gallery"),
        path("_gallery/<page>/", gallery, name="gallery_page"),
    ]
handler400 = "kb.views.errors.bad_request"
handler403 = "kb.views.errors.permission_denied"
handler404 = "kb.views.errors.page_not_found"
handler429 = "kb.views.errors.too_many_requests"  # asked for by allauth, not by Django
handler500 = "kb.views.errors.server_error"
