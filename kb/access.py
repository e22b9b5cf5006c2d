"""This app's lines of the access matrix. Wagtail checks its own admin's permissions inside."""

from __future__ import annotations

from django.conf import settings

from people.roles import Right, Role
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")
declare("overview", roles=ANYONE)
declare("wagtail_serve", roles=ANYONE, relation="reader", actions=POST)
declare("set_language", roles=ANYONE, actions=("POST",))
declare("follow_theme", "wait_for_publication", roles=LOGIN, actions=("POST",))
declare("key_figure", roles=ANYONE, relation="reader")
declare("colleague", roles=LOGIN, relation="municipality")
# Everybody's own municipality's; they name nobody.
declare("own_guideposts", "guidepost_poster", roles=LOGIN, relation="municipality")
declare("phrase_hints", roles=LOGIN, actions=("POST",))
declare("audit", roles=Right.AUDIT.roles)
declare("health", roles=ANYONE)
declare(
    "prefix:redaktion",
    roles=[role for role in Role if role.editing is not None],
    actions=("GET", "POST", "PUT", "PATCH", "DELETE"),
)
# Who sees a page is its own switch's matter (BasePage.is_open), of a file the login's: Wagtail's
# privacy knows neither lists nor search.
declare("wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy", roles=())
# Reads spreadsheets in the web process, without limits; a redirect is written by hand.
declare("wagtailredirects:start_import", "wagtailredirects:process_import", roles=())
declare("wagtailimages_serve", roles=ANYONE, relation="reader")
declare("wagtaildocs_serve", roles=LOGIN, relation="reader")
if settings.DEBUG:
    declare("gallery", "gallery_page", roles=ANYONE)
