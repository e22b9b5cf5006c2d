"""This app's lines of the access matrix. What a person finds is decided by acl tokens."""

from __future__ import annotations

from privacy.matrix import LOGIN, declare

declare("search:search", "search:suggest", roles=LOGIN, relation="visitor")
declare("search:opened", "search:slash", roles=LOGIN, actions=("POST",))
declare("search:save", "search:saved", roles=LOGIN, relation="own", actions=("POST",))
