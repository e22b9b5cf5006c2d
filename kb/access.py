"""This app's lines of the access matrix. Wagtail checks its own admin's permissions inside."""

from __future__ import annotations

from django.conf import settings

from kb.models.sections import section_is_open
from people.roles import Right, Role
from privacy.matrix import ANYONE, LOGIN, declare, register_openness

POST = ("GET", "POST")
register_openness(section_is_open)
declare("overview", roles=ANYONE)
declare("wagtail_serve", roles=ANYONE, relation="visitor", actions=POST)
declare("set_language", roles=ANYONE, actions=("POST",))
declare("follow_theme", "wait_for_publication", roles=LOGIN, actions=("POST",))
declare("key_figure", roles=ANYONE, relation="visitor")
declare("colleague", roles=LOGIN, relation="municipality")
declare("audit", roles=Right.AUDIT.roles)
declare("health", roles=ANYONE)
declare(
    "prefix:redaktion",
    roles=[role for role in Role if role.editing is not None],
    actions=("GET", "POST", "PUT", "PATCH", "DELETE"),
)
# Who sees a page is its section's switch's matter and its own (BasePage.is_public), and a file
# follows the pages that show it: Wagtail's privacy knows neither lists nor search.
declare("wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy", roles=())
# Reads spreadsheets in the web process, without limits; a redirect is written by hand.
declare("wagtailredirects:start_import", "wagtailredirects:process_import", roles=())
declare("wagtaildocs_serve", roles=ANYONE, relation="visitor")
if settings.DEBUG:
    declare("gallery", "gallery_page", roles=ANYONE)
