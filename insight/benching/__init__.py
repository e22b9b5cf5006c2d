"""`bench pages`: the site under a large municipality's load, measured through real HTTP."""
