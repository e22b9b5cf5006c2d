"""This room's lines of the access matrix; what is told there is asked of the sections."""

from __future__ import annotations

from privacy.matrix import ANYONE, declare

declare("robots", "sitemap", "wagtailimages_serve", roles=ANYONE, relation="visitor")
declare("theme_rss", "theme_atom", "publication_rss", "publication_atom", roles=ANYONE)
declare("was", "was_with_slash", "was_before", roles=ANYONE)
