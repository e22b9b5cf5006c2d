"""This app's lines of the access matrix."""

from __future__ import annotations

from privacy.matrix import LOGIN, declare

# Everybody's own municipality's; they name nobody.
declare("own_guideposts", "guidepost_poster", roles=LOGIN, relation="municipality")
